package dev.inlay.plugins.isnet;

import dev.inlay.Features;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the authors' code calls {@link IsNet}'s options. */
final class IsNetReferences {

  private static final String LEVEL =
      "isnet(channels={feats_channels}, keyChannels={transform_channels},"
          + " concat={concat_input=false}, alignCorners={align_corners=false})";

  private IsNetReferences() {}

  static List<Reference<IsNet.Options>> all() {
    return List.of(wholeHead(), imageLevel(), semanticLevel());
  }

  private static Reference<IsNet.Options> wholeHead() {
    return Reference.<IsNet.Options>of(
            "isnet.py:ISNet",
            "isnet(channels={feats}, keyChannels={transform}, shortcut={shortcut=true},"
                + " concat={concat_input=true}, alignCorners={align_corners=false})",
            IsNetReferences::head)
        .saying("shortcut", Map.of("false", "0", "true", "{shortcut_feats=0}"))
        .ignoring("shortcut_in", "shortcut_feats", "dropout", "input1")
        .taking(1, 0);
  }

  /** The authors' head: its logits, whose classifier is the last of a sequence, and the coarse. */
  private static List<Tensor> head(IsNet.Options options, Features input, Scope scope) {
    Features made = new IsNet().build(options, input, scope);
    String classifier = options.shortcut() == 0 ? "decoder_stage2.1" : "decoder_stage2.4";
    Tensor logits = scope.classify(classifier, made.last(), input.classes(), options.dropout());
    return List.of(logits, Objects.requireNonNull(made.sides().get("coarse")).output());
  }

  private static Reference<IsNet.Options> imageLevel() {
    return Reference.of(
        "imagelevel.py:ImageLevelContext",
        LEVEL,
        (options, x, scope) -> List.of(IsNet.imageLevel(options, x.last(), scope)));
  }

  private static Reference<IsNet.Options> semanticLevel() {
    return Reference.<IsNet.Options>of(
            "semanticlevel.py:SemanticLevelContext",
            LEVEL,
            (options, x, scope) ->
                List.of(IsNet.semanticLevel(options, x.map(0), x.map(1), x.map(2), scope)))
        .ignoring("input1", "input2");
  }
}
