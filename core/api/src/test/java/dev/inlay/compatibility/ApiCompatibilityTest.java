package dev.inlay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Technique;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The api is what the newest text in {@code src/api} records. The text lies in the repository, so
 * that a fresh clone compares without a network, a tag or an older jar, and a review shows what
 * becomes api.
 */
final class ApiCompatibilityTest {

  private static final String RECORD = "inlay.api.record";
  private static final String COMMAND =
      "mvn -q -pl core/api test -Dtest=ApiCompatibilityTest -D" + RECORD;

  @Test
  void theApiIsWhatIsRecorded() throws Exception {
    Path classes =
        Path.of(Technique.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ApiText now = PublicApi.in(classes, Technique.class.getClassLoader());
    String version = System.getProperty("inlay.version");
    assertThat(version).as("the system property inlay.version, which the pom sets").isNotBlank();

    RecordedApi recorded = new RecordedApi(Path.of("src", "api"), version);
    if (System.getProperty(RECORD) != null) {
      recorded.write(now, COMMAND);
    }
    String problem = recorded.problem(now, COMMAND).orElse("");
    assertThat(problem).withFailMessage(problem).isEmpty();
  }
}
