package dev.inlay.plugins.ocr;

import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OcrTest implements TechniqueContract<Ocr.Options> {

  private static final String HEAD =
      "joined=true, coarseChannels=36, coarseKernel=1, channels=32, keyChannels=16";

  @Override
  public Ocr technique() {
    return new Ocr();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8, keyChannels=4",
        "channels=8, keyChannels=4, map=0, alignCorners=true, weight=1, dropout=0",
        "channels=8, keyChannels=4, joined=true, coarseKernel=1, coarseChannels=6",
        "channels=8, keyChannels=4, coarseConvs=0, coarseConcat=true, scale=0.5");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "joined=true, map=-1", "joined=true",
        "coarseConvs=0, coarseChannels=8, coarseKernel=1", "coarseConvs=0");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=0",
        "keyChannels=0",
        "coarseChannels=-1",
        "coarseKernel=2",
        "weight=-0.1",
        "coarseConvs=-1",
        "scale=0",
        "dropout=1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("ocrhead")
        .with("ocr(" + HEAD + ") | given-classifier")
        .renaming("decode_head.0.", "coarse.")
        .renaming("decode_head.1.", "")
        .matches();
  }

  @Test
  void isTheReferenceAfterACoarseHeadOfSeveralConvolutions() {
    GoldenFile.resource("ocrhead_convs")
        .with(
            "ocr(channels=8, keyChannels=4, coarseChannels=5, coarseConvs=2, coarseConcat=true,"
                + " scale=0.5) | given-classifier")
        .renaming("decode_head.0.", "coarse.")
        .renaming("decode_head.1.", "")
        .matches();
  }

  @Test
  void supervisesTheReferencesCoarsePrediction() {
    Ocr.Options options = new Ocr.Options(32, 16, 0, 36, 1, 0.4, 0, true, false, 1, false, 1);
    GoldenFile.resource("ocrhead")
        .with(
            (maps, scope) -> {
              Features input = new Features(maps.get(0), 5, maps, List.of(4, 8, 16), Map.of());
              Features output = technique().build(options, input, scope);
              Tensor logits = scope.classify("conv_seg", output.last(), 5, 0);
              return List.of(logits, Objects.requireNonNull(output.sides().get("coarse")).output());
            })
        .renaming("decode_head.0.", "coarse.")
        .renaming("decode_head.1.", "")
        .matches();
  }
}
