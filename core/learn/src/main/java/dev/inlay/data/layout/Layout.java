package dev.inlay.data.layout;

import dev.inlay.InlayException;
import dev.inlay.spec.Suggestions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A form in which datasets lie in folders. */
public sealed interface Layout
    permits Ade20kLayout, CamVidLayout, CityscapesLayout, FolderLayout, VocLayout {

  /** The name on the command line, such as {@code voc}. */
  String name();

  /** What the folder must hold, for messages. */
  String needs();

  /** The {@code dataset.yaml} that reads the folder in place; empty if it has another form. */
  Optional<String> yaml(Path folder);

  /** All forms, those that are known by more first. */
  static List<Layout> all() {
    return List.of(
        new CityscapesLayout(),
        new Ade20kLayout(),
        new VocLayout(),
        new CamVidLayout(),
        new FolderLayout());
  }

  /**
   * The form of a name.
   *
   * @throws InlayException if there is none
   */
  static Layout named(String name) {
    List<String> names = all().stream().map(Layout::name).toList();
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InlayException(
                    "--like is '%s', which is no known form.%s Forms: %s."
                        .formatted(
                            name, Suggestions.didYouMean(name, names), String.join(", ", names))));
  }
}
