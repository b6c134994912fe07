package dev.inlay.plugins.gatedpath;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatedPathTest implements TechniqueContract<GatedPath.Options> {

  @Override
  public GatedPath technique() {
    return new GatedPath();
  }

  /**
   * With several columns, {@code comparative} scores the first row's only path, which has no
   * effect; the golden file has that case.
   */
  @Override
  public List<String> samples() {
    return List.of(
        "channels=8",
        "channels=8, pathChannels=3, dilations=[1, 2], gate=softmax",
        "channels=6, dilations=[2], columns=2",
        "channels=6, dilations=[1, 3], columns=1, aggregation=comparative");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of("aggregation=comparative, gate=softmax", "aggregation=comparative");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "pathChannels=-1",
        "dilations=[]",
        "dilations=[0, 6]",
        "dilations=[6, 6]",
        "dilations=[12, 6]",
        "columns=0",
        "aggregation=sum",
        "gate=relu");
  }

  /** The values are those of the reading that the class describes, computed with PyTorch. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          gated_path;             channels=10, pathChannels=6, dilations=[2, 4, 6]
          gated_path_softmax;     channels=8, pathChannels=6, dilations=[1, 3], gate=softmax
          gated_path_comparative; channels=8, pathChannels=6, dilations=[2, 4, 6], aggregation=comparative
          """)
  void isTheReference(String file, String options) {
    GoldenFile.resource(file)
        .with("gated-path(%s) | given-classifier".formatted(options))
        .renaming("classifier.", "conv_seg.")
        .matches();
  }
}
