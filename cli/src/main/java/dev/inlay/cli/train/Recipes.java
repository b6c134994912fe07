package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.spec.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recipes: named sets of defaults, each a file beside this class. */
final class Recipes {

  /** The recipes in the order in which they are listed. */
  static final List<String> NAMES =
      List.of("mmsegmentation", "segformer", "torchvision", "paddleseg", "camvid-fast");

  private static final String SAYS = "says";

  private Recipes() {}

  /**
   * The settings of a recipe.
   *
   * @throws InlayException if there is no such recipe
   */
  static List<Setting> of(String name) {
    if (!NAMES.contains(name)) {
      throw new InlayException(
          "--recipe is '%s', but the recipes are %s.%s"
              .formatted(name, String.join(", ", NAMES), Suggestions.didYouMean(name, NAMES)));
    }
    return ConfigFile.settings(content(name), "recipe " + name, Set.of(SAYS));
  }

  /** What a recipe is for. */
  static String says(String name) {
    return String.valueOf(content(name).get(SAYS));
  }

  private static Map<?, ?> content(String name) {
    try (InputStream file = Recipes.class.getResourceAsStream("recipes/" + name + ".yaml")) {
      if (file == null) {
        throw new IllegalStateException("The recipe %s has no file.".formatted(name));
      }
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      if (ConfigFile.yaml(text, name) instanceof Map<?, ?> map) {
        return map;
      }
      throw new IllegalStateException("The recipe %s is no map.".formatted(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
