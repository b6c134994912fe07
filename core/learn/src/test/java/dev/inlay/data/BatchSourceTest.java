package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.augment.Alterations;
import dev.inlay.image.LabelMap;
import dev.inlay.image.TestImages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The seed alone determines the order of batches; every reader gets errors and the end. */
@Timeout(20)
final class BatchSourceTest {
  private static final Augmentation WHOLE = Augmentation.crop(4, 4).withScale(1, 1).withFlip(false);

  /** Samples whose labels are the sample's number. */
  private static final class Numbered implements SampleSource {
    private final int size;
    private final int bad;
    private final AtomicInteger reads = new AtomicInteger();

    Numbered(int size, int bad) {
      this.size = size;
      this.bad = bad;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public String name(int index) {
      return "number " + index;
    }

    @Override
    public LabelledImage read(int index) {
      reads.incrementAndGet();
      if (index == bad) {
        throw new InlayException("sample " + index + " is bad");
      }
      byte[] ids = new byte[16];
      Arrays.fill(ids, (byte) index);
      return new LabelledImage(TestImages.random(4, 4), new LabelMap(4, 4, ids));
    }
  }

  private static List<Integer> numbers(BatchSource source, int batches) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      ByteBuffer labels = source.next().labels();
      for (int at = 0; at < labels.capacity(); at += 16) {
        numbers.add((int) labels.get(at));
      }
    }
    return numbers;
  }

  private static List<Integer> order(int size, BatchPlan plan, int batches) {
    try (var source = new BatchSource(new Numbered(size, -1), WHOLE, 255, plan)) {
      return numbers(source, batches);
    }
  }

  @Test
  void hasEverySampleOnceAnEpochInEverNewOrder() {
    List<Integer> numbers = order(10, BatchPlan.of(5, 1), 6);
    List<List<Integer>> epochs =
        List.of(numbers.subList(0, 10), numbers.subList(10, 20), numbers.subList(20, 30));
    for (List<Integer> epoch : epochs) {
      assertThat(epoch).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    assertThat(new HashSet<>(epochs)).hasSize(3);
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    TestSamples samples = new TestSamples(7, 48, 40);
    Augmentation augmentation = Augmentation.crop(24, 32);
    List<Integer> one = new ArrayList<>();
    List<Integer> three = new ArrayList<>();
    try (var a = new BatchSource(samples, augmentation, 255, BatchPlan.of(3, 9));
        var b = new BatchSource(samples, augmentation, 255, BatchPlan.of(3, 9).withThreads(3))) {
      for (int i = 0; i < 8; i++) {
        one.add(a.next().images().hashCode());
        three.add(b.next().images().hashCode());
      }
    }
    assertThat(three).isEqualTo(one);
    assertThat(new HashSet<>(one)).hasSize(8);
  }

  @Test
  void dependsOnTheSeedAndGoesOnWhereItWasLeft() {
    List<Integer> whole = order(10, BatchPlan.of(3, 1), 9);
    assertThat(order(10, BatchPlan.of(3, 2), 9)).isNotEqualTo(whole);
    assertThat(order(10, BatchPlan.of(3, 1).from(4), 5)).isEqualTo(whole.subList(12, 27));
  }

  @Test
  void takesBatchesLargerThanTheDataset() {
    assertThat(order(2, BatchPlan.of(5, 1), 2)).hasSize(10).contains(0, 1);
  }

  @Test
  void usesItsMemoryAgain() {
    Set<Batch> batches = new HashSet<>();
    try (var source = new BatchSource(new Numbered(3, -1), WHOLE, 255, BatchPlan.of(2, 1))) {
      for (int i = 0; i < 50; i++) {
        Batch batch = source.next();
        assertThat(batch.images().isDirect()).isTrue();
        batches.add(batch);
      }
    }
    // Two batches ahead, one lent, and one that is filled when the lent one is returned.
    assertThat(batches.size()).isLessThanOrEqualTo(4);
  }

  @Test
  void doesNotRunFartherAheadThanAsked() throws InterruptedException {
    Numbered samples = new Numbered(100, -1);
    try (var source = new BatchSource(samples, WHOLE, 255, BatchPlan.of(2, 1))) {
      source.next();
      Thread.sleep(100);
      // The batch taken, and two ahead of the next.
      assertThat(samples.reads.get()).isBetween(2, 6);
    }
  }

  @Test
  void handsOnTheErrorOfABadSampleAgainAndAgain() {
    try (var source =
        new BatchSource(new Numbered(4, 2), WHOLE, 255, BatchPlan.of(4, 1).withThreads(2))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(source::next)
            .isInstanceOf(InlayException.class)
            .hasMessage("sample 2 is bad");
      }
    }
  }

  @Test
  void endsItsThreadsWhenClosed() {
    var source = new BatchSource(new Numbered(4, -1), WHOLE, 255, BatchPlan.of(1, 1));
    source.next();
    long start = System.nanoTime();
    source.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("inlay-data"));
    assertThatThrownBy(source::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void letsAWaitingThreadBeInterrupted() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    SampleSource stuck =
        new SampleSource() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public String name(int index) {
            return "stuck";
          }

          @Override
          public LabelledImage read(int index) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new InlayException("interrupted");
          }
        };
    try (var source = new BatchSource(stuck, WHOLE, 255, BatchPlan.of(1, 1))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(source::next).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesNoSamplesAndPlansThatAreNone() {
    assertThatThrownBy(
            () -> new BatchSource(new Numbered(0, -1), WHOLE, 255, BatchPlan.of(1, 1)).close())
        .hasMessage("There are no samples to train on. Name a split that has some.");
    assertThatThrownBy(() -> BatchPlan.of(0, 1))
        .isInstanceOf(InlayException.class)
        .hasMessage("The batch size is 0, but must be at least 1.");
    assertThatThrownBy(() -> BatchPlan.of(1, 1).withThreads(0))
        .hasMessage("The number of data threads is 0, but must be at least 1.");
  }

  @Test
  void readsCachedSamplesOnceAsLongAsThereIsRoom() {
    Numbered samples = new Numbered(3, -1);
    // One sample is 4x4 pixels of 3 bytes and 16 labels.
    CachedSamples cached = new CachedSamples(samples, 2 * 64);
    Set<LabelledImage> first = Set.of(cached.read(0), cached.read(1), cached.read(2));
    assertThat(samples.reads.get()).isEqualTo(3);
    assertThat(first).contains(cached.read(0), cached.read(1));
    assertThat(samples.reads.get()).isEqualTo(3);
    cached.read(2);
    assertThat(samples.reads.get()).isEqualTo(4);
  }

  @Test
  void theNumberOfThreadsChangesNoMosaic() {
    Augmentation all =
        Augmentation.crop(8, 8)
            .withLargestShare(0.75)
            .withAlterations(
                Alterations.parse(
                    "mosaic | quarter-turns | photometric | noise | rotate | cut-out"));
    List<byte[]> one = batches(all, 1);
    List<byte[]> three = batches(all, 3);
    for (int i = 0; i < one.size(); i++) {
      assertThat(three.get(i)).isEqualTo(one.get(i));
    }
  }

  private static List<byte[]> batches(Augmentation augmentation, int threads) {
    List<byte[]> batches = new ArrayList<>();
    TestSamples samples = new TestSamples(7, 12, 10);
    BatchPlan plan = BatchPlan.of(3, 5).withThreads(threads);
    try (BatchSource source = new BatchSource(samples, augmentation, 255, plan)) {
      for (int i = 0; i < 8; i++) {
        ByteBuffer images = source.next().images();
        byte[] bytes = new byte[images.remaining()];
        images.get(bytes);
        batches.add(bytes);
      }
    }
    return batches;
  }
}
