package dev.inlay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of a small api: what breaks plugins is told of with a way out, the rest is listed. */
final class ApiChangesTest {

  private static final Map<String, String> BEFORE =
      Map.of(
          "Provided",
          "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
              + " public @interface Provided {}",
          "Tensor",
          "@Provided public interface Tensor { Tensor add(Tensor other); int rank();"
              + " enum Kind { FLOAT, BOOLEAN } }",
          "Stage",
          "public interface Stage<O extends Record> { Tensor build(O options, Tensor x);"
              + " default int cost() { return 0; } static Stage<?> none() { return null; } }",
          "Size",
          "public record Size(int height, int width) { public static final Size NONE = null; }",
          "Named",
          "@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE)"
              + " public @interface Named { String value(); String says() default \"\"; }",
          "Kinds",
          "public sealed interface Kinds permits Kinds.A { non-sealed interface A extends Kinds {} }",
          "Tools",
          "public abstract class Tools { public Tools() {} protected void use() {}"
              + " public java.util.List<String> names() { return null; } }");

  @TempDir private Path folder;
  private int made;

  private ApiText api(String type, String from, String to) throws IOException {
    Path out = Files.createDirectory(folder.resolve("api" + made++));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String jspecify = Nullable.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<JavaFileObject> sources =
        BEFORE.entrySet().stream()
            .map(
                each -> {
                  String text = each.getValue();
                  if (each.getKey().equals(type)) {
                    assertThat(text).contains(from);
                    text = text.replace(from, to);
                  }
                  return source(each.getKey(), text);
                })
            .filter(each -> each != null)
            .toList();
    boolean done =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-nowarn", "-d", out.toString(), "-cp", jspecify),
                null,
                sources)
            .call();
    assertThat(done).as(messages.toString()).isTrue();
    URL[] places = {
      out.toUri().toURL(), Nullable.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader =
        new URLClassLoader(places, ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.startsWith("org.jspecify.")
                ? Nullable.class.getClassLoader().loadClass(name) // the one that is asked for
                : super.loadClass(name, resolve);
          }
        }) {
      return PublicApi.in(out, loader);
    }
  }

  private static JavaFileObject source(String type, String text) {
    return new SimpleJavaFileObject(
        URI.create("memory:///dev/inlay/" + type + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return "package dev.inlay; " + text;
      }
    };
  }

  private ApiChanges changes(String type, String from, String to) throws IOException {
    return ApiChanges.between(api("", "", ""), api(type, from, to));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Tensor | int rank(); | | 'method rank(): int; abstract' is gone or changed; a jar that calls it fails with NoSuchMethodError",
        "Tensor | int rank(); | long rank(); | 'method rank(): int; abstract' is gone or changed",
        "Tensor | Tensor other | Tensor other, int n | 'method add(Tensor): Tensor; abstract' is gone or changed",
        "Tensor | Tensor add | @org.jspecify.annotations.Nullable Tensor add | 'method add(Tensor): Tensor; abstract' is gone or changed",
        "Tensor | FLOAT, | | 'constant FLOAT' is gone or changed; a jar that reads it fails with NoSuchFieldError",
        "Tensor | int rank(); | static int rank() { return 0; } | 'method rank(): int; abstract' became 'method rank(): int; static'",
        "Stage | default int cost() { return 0; } | int cost(); | became 'method cost(): int; abstract'; a technique that lacks the method fails with AbstractMethodError. Way out: keep the default.",
        "Stage | default int | int add(); default int | 'method add(): int; abstract' is new and abstract, and authors implement the type; a technique that lacks it fails with AbstractMethodError. Way out: give it a default",
        "Stage | O extends Record | O | 'parameters <O extends Record>' is gone or changed",
        "Stage | public interface Stage | @Provided public interface Stage | it became provided",
        "Stage | <O extends Record> { | <O extends Record> extends Runnable { | 'extends Runnable' is new; its abstract methods are missing",
        "Stage | default int cost() { | default int cost() throws java.io.IOException { | became 'method cost(): int; default, throws java.io.IOException'",
        "Size | int width | int width, int depth | 'components (int height, int width)' is gone or changed; a jar that makes the record fails with NoSuchMethodError. Way out: leave the components",
        "Size | int height, int width | int width, int height | 'components (int height, int width)' is gone or changed",
        "Size | public static final Size NONE = null; | | 'field NONE: Size; final, static' is gone or changed",
        "Named | String value(); | String value(); String of(); | 'element of(): String' is new and has no default; an annotation that lacks it fails when it is read. Way out: give it a default.",
        "Named | ~ default \"\"~ | ~~ | has lost its default",
        "Named | ElementType.TYPE | ElementType.FIELD | 'targets TYPE' is gone or changed",
        "Kinds | permits Kinds.A { | permits Kinds.A, Kinds.B { non-sealed interface B extends Kinds {} | 'permits Kinds.A' is gone or changed; a switch over its subtypes is no longer whole",
        "Tools | public abstract class | abstract class | the class is gone; a jar that uses it fails with NoClassDefFoundError",
        "Tools | protected void use() | void use() | 'method use(): void; protected' is gone or changed",
        "Tools | protected void use() | protected final void use() | became 'method use(): void; final, protected'",
        "Tools | protected void use() {} | protected abstract void use(); | became 'method use(): void; abstract, protected'",
        "Tools | List<String> | List<Object> | 'method names(): java.util.List<String>' is gone or changed",
        "Tools | public Tools() | Tools() | 'constructor ()' is gone or changed",
      })
  void whatBreaksPlugins(String type, String from, String to, String told) throws IOException {
    ApiChanges changes = changes(type, from, to == null ? "" : to);
    assertThat(changes.breaks())
        .singleElement()
        .asString()
        .startsWith("dev.inlay." + type)
        .contains(told)
        .contains(". Way out: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Tensor | int rank(); | int rank(); int size(); | dev.inlay.Tensor: method size(): int; abstract",
        "Tensor | FLOAT, | FLOAT, INTEGER, | dev.inlay.Tensor.Kind: constant INTEGER",
        "Tensor | int rank(); | default int rank() { return 1; } | dev.inlay.Tensor: 'method rank(): int; abstract' became 'method rank(): int; default'",
        "Stage | default int | default int more() { return 1; } default int | dev.inlay.Stage: method more(): int; default",
        "Size | NONE | NONE = null, ONE | dev.inlay.Size: field ONE: Size; final, static",
        "Named | String says | int at() default 3; String says | dev.inlay.Named: element at(): int; default is '3'",
        "Named | ~ default \"\"~ | ~ default \"x\"~ | dev.inlay.Named: 'element says(): String; default is ''' became 'element says(): String; default is 'x''",
        "Tools | protected void | public void | dev.inlay.Tools: 'method use(): void; protected' became 'method use(): void'",
        "Tools | public abstract class | public class | dev.inlay.Tools: no longer abstract",
        "Tools | protected void use() {} | protected void use() {} public static class In {} | class dev.inlay.Tools.In",
      })
  void whatIsAddedIsListed(String type, String from, String to, String told) throws IOException {
    ApiChanges changes = changes(type, from, to);
    assertThat(changes.breaks()).isEmpty();
    assertThat(changes.additions()).containsExactly(told);
  }

  @Test
  void aSealedClassShutsAuthorsOut() throws IOException {
    ApiChanges sealed =
        changes(
            "Tools",
            "class Tools {",
            "sealed class Tools permits Tools.In { static final class In extends Tools {}");
    assertThat(sealed.breaks())
        .anyMatch(each -> each.startsWith("dev.inlay.Tools: it became sealed; "));
  }

  @Test
  void theTextIsReadAsItWasWritten() throws IOException {
    ApiText api = api("", "", "");
    assertThat(ApiText.parse("# a remark\n\n" + api)).isEqualTo(api);
    assertThat(ApiChanges.between(api, api)).isEqualTo(new ApiChanges(List.of(), List.of()));
  }

  @Test
  void onlyAdditionsAreRecordedByCommand() throws IOException {
    Path texts = folder.resolve("texts");
    RecordedApi recorded = new RecordedApi(texts, "1.2.0");
    ApiText first = api("", "", "");
    assertThat(recorded.problem(first, "COMMAND")).get().asString().endsWith("Record it: COMMAND");
    recorded.write(first, "COMMAND");
    assertThat(recorded.problem(first, "COMMAND")).isEmpty();

    ApiText more = api("Tensor", "int rank();", "int rank(); int size();");
    assertThat(recorded.problem(more, "COMMAND"))
        .get()
        .asString()
        .contains("1.2.0.txt", "method size(): int", "If it shall be api, record it: COMMAND");
    RecordedApi later = new RecordedApi(texts, "1.10.0-SNAPSHOT");
    later.write(more, "COMMAND");
    assertThat(later.newest()).contains(texts.resolve("1.10.0.txt"));
    assertThat(later.problem(more, "COMMAND")).isEmpty();

    later.write(first, "COMMAND");
    assertThat(later.problem(first, "COMMAND"))
        .get()
        .asString()
        .contains("method size(): int", "raise the major version", "1.10.0");
    assertThat(new RecordedApi(texts, "2.0.0").newest()).isEmpty();
  }
}
