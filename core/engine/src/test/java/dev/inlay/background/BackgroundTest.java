package dev.inlay.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class BackgroundTest {

  @Test
  void theWorkIsDoneByAnotherThreadWithThisName() {
    Background<Thread> work = Background.begin("some-work", Thread::currentThread);
    assertThat(work.get()).isNotSameAs(Thread.currentThread());
    assertThat(work.get().getName()).isEqualTo("some-work");
    assertThat(work.get().isDaemon()).isTrue();
    assertThat(work.ended()).contains(work.get());
  }

  @Test
  void theCallerGoesOnMeanwhile() {
    CountDownLatch goneOn = new CountDownLatch(1);
    Background<String> work =
        Background.begin(
            "waits",
            () -> {
              try {
                goneOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "done";
            });
    goneOn.countDown();
    assertThat(work.get()).isEqualTo("done");
  }

  @Test
  void exceptionsAndErrorsAreThrownAsTheyWere() {
    InlayException refusal = new InlayException("No.");
    LinkageError error = new NoClassDefFoundError("x");
    Background<String> refused =
        Background.begin(
            "refuses",
            () -> {
              throw refusal;
            });
    Background<String> broken =
        Background.begin(
            "breaks",
            () -> {
              throw error;
            });
    assertThatThrownBy(refused::get).isSameAs(refusal);
    assertThatThrownBy(broken::get).isSameAs(error);
    assertThat(refused.ended()).isEmpty();
    assertThat(broken.ended()).isEmpty();
  }

  @Test
  void whatIsDoneIsThere() {
    assertThat(Background.done(3).get()).isEqualTo(3);
    assertThat(Background.done(3).ended()).contains(3);
  }
}
