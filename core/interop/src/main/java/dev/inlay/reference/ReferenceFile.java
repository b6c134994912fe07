package dev.inlay.reference;

import dev.inlay.Counterpart;
import dev.inlay.Counterpart.OfProject;
import dev.inlay.Counterpart.Role;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Reference.Only;
import dev.inlay.spec.TechniqueFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The section {@code references} of the resource beside a technique's or a project's class, {@code
 * <name>.yaml}. {@link Reference} shows its form. Every value is read as text.
 */
final class ReferenceFile {

  private static final String SECTION = "references";
  private static final String FILE = "file";
  private static final String CLASS = "class";
  private static final String PROJECT = "project";
  private static final String MUST = "must";
  private static final String DEFAULT = "default";

  private static final Set<String> KEYS = keys();

  private final String name;

  private ReferenceFile(String name) {
    this.name = name;
  }

  private static Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(List.of(PROJECT));
    for (Role role : Role.values()) {
      keys.add(key(role));
    }
    keys.addAll(List.of(FILE, CLASS, "is", "part", "words", "only", "ignore", "rename", "inputs"));
    return keys;
  }

  private static String key(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the references in the file beside a technique.
   *
   * @throws InlayException that names the file and the line, if the section can't be read
   */
  static List<Reference> of(TechniqueFile file) {
    String section = file.references();
    return section.isEmpty() ? List.of() : parse(file.origin(), new StringReader(section));
  }

  /**
   * Reads the references beside the class of a project.
   *
   * @param name the resource's name without its ending
   * @return none if there is no such resource, or no such section in it
   * @throws InlayException that names the resource and the line, if the section can't be read
   */
  static List<Reference> beside(Class<?> type, String name) {
    String file = name + ".yaml";
    try (InputStream stream = type.getResourceAsStream(file)) {
      return stream == null
          ? List.of()
          : parse(
              type.getPackageName() + "/" + file,
              new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " beside " + type.getName(), e);
    }
  }

  /** Reads the section from a text; messages use the name. */
  static List<Reference> parse(String name, Reader text) {
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
    } catch (YAMLException e) {
      throw new InlayException("%s is not YAML: %s".formatted(name, e.getMessage()), e);
    }
    ReferenceFile file = new ReferenceFile(name);
    Node section = root == null ? null : file.map(root, each -> each).get(SECTION);
    return section == null ? List.of() : file.list(section, file::reference);
  }

  private Reference reference(Node node) {
    Map<String, Node> entry = map(node, value -> value);
    for (String key : entry.keySet()) {
      if (!KEYS.contains(key)) {
        throw error(
            node, "has the key '%s'; known keys are %s".formatted(key, String.join(", ", KEYS)));
      }
    }
    @Nullable Node part = entry.get("part");
    return new Reference(
        counterpart(node, entry),
        text(required(node, entry, "is")),
        part == null ? null : text(part),
        map(entry.get("words"), words -> map(words, this::text)),
        map(entry.get("only"), this::only),
        list(entry.get("ignore"), this::text),
        map(entry.get("rename"), this::text),
        list(entry.get("inputs"), this::number));
  }

  private Counterpart counterpart(Node node, Map<String, Node> entry) {
    if (entry.containsKey(FILE)) {
      return Counterpart.sourceClass(
          text(required(node, entry, FILE)), text(required(node, entry, CLASS)));
    }
    String project = text(required(node, entry, PROJECT));
    List<Role> roles = new ArrayList<>();
    for (Role role : Role.values()) {
      if (entry.containsKey(key(role))) {
        roles.add(role);
      }
    }
    if (roles.size() != 1) {
      throw error(
          node,
          "must have exactly one of the keys %s"
              .formatted(
                  List.of(Role.values()).stream()
                      .map(ReferenceFile::key)
                      .collect(Collectors.joining(", "))));
    }
    Node types = required(node, entry, key(roles.get(0)));
    return new OfProject(
        project,
        roles.get(0),
        types instanceof SequenceNode ? list(types, this::text) : List.of(text(types)));
  }

  private Only only(Node node) {
    if (node instanceof ScalarNode) {
      return new Only(text(node), text(node));
    }
    Map<String, Node> both = map(node, value -> value);
    return new Only(text(required(node, both, DEFAULT)), text(required(node, both, MUST)));
  }

  private Node required(Node at, Map<String, Node> entry, String key) {
    Node value = entry.get(key);
    if (value == null) {
      throw error(at, "lacks the key '%s'".formatted(key));
    }
    return value;
  }

  private <T> Map<String, T> map(@Nullable Node node, Function<Node, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    if (node == null) {
      return map;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, "must be a map, 'key: value'");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode());
      if (map.put(key, value.apply(tuple.getValueNode())) != null) {
        throw error(tuple.getKeyNode(), "has the key '%s' twice".formatted(key));
      }
    }
    return map;
  }

  private <T> List<T> list(@Nullable Node node, Function<Node, T> item) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw error(node, "must be a list");
    }
    return sequence.getValue().stream().map(item).toList();
  }

  private String text(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw error(node, "must be a single value");
    }
    return scalar.getValue();
  }

  private Integer number(Node node) {
    String text = text(node);
    if (!text.matches("\\d{1,3}")) {
      throw error(node, "is '%s'; it must be the number of an input, from 0".formatted(text));
    }
    return Integer.valueOf(text);
  }

  private InlayException error(Node node, String what) {
    int line = node.getStartMark().getLine() + 1;
    return new InlayException("%s, line %d: this %s.".formatted(name, line, what));
  }
}
