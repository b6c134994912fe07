package dev.inlay.cli.author;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The project of a new plugin: one technique with its test.
 *
 * @param name the technique's name in specs, which is also the artifact's and the plugin's
 * @param group the Maven group
 * @param packageName the package of the class
 */
record PluginProject(
    String name, PluginKind kind, Language language, String group, String packageName) {

  /** The version of a new project; a plugin's version has three numbers. */
  private static final String VERSION = "0.1.0";

  /** The name of the technique's class. */
  String className() {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("-", -1)) {
      camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return isTaken(camel.toString()) ? camel + kind.noun() : camel.toString();
  }

  /** Whether the templates or the language use a class of this name. */
  private boolean isTaken(String simpleName) {
    Pattern used = Pattern.compile("\\b" + simpleName + "\\b");
    Map<String, String> nothing = values("_");
    return used.matcher(Template.fill(source(""), nothing)).find()
        || used.matcher(Template.fill(source("Test"), nothing)).find()
        || isOfJava(simpleName);
  }

  private static boolean isOfJava(String simpleName) {
    try {
      Class.forName("java.lang." + simpleName, false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Every file by its path from the project's folder. */
  Map<String, String> files(Properties versions) {
    String type = className();
    Map<String, String> values = values(type);
    versions.stringPropertyNames().forEach(key -> values.put(key, versions.getProperty(key)));
    String inPackage = packageName.replace('.', '/') + "/";
    String main = "src/main/%s/%s%s.%s".formatted(language, inPackage, type, language.extension());
    String test =
        "src/test/%s/%s%sTest.%s".formatted(language, inPackage, type, language.extension());
    String services = "src/main/resources/META-INF/services/dev.inlay.Technique";
    String data = "src/main/resources/%s%s.yaml".formatted(inPackage, name);

    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "pom.xml",
        Template.fill(language == Language.KOTLIN ? "kotlin/pom.xml" : "pom.xml", values));
    files.put("README.md", Template.fill("README.md", values));
    files.put(".gitignore", Template.fill("gitignore", values));
    files.put(main, Template.fill(source(""), values));
    files.put(data, Template.fill("kinds/%s/__name__.yaml".formatted(kind), values));
    files.put(services, Template.fill(services, values));
    files.put(test, Template.fill(source("Test"), values));
    return files;
  }

  private String source(String end) {
    return "kinds/%s/%s/__className__%s.%s".formatted(kind, language, end, language.extension());
  }

  private Map<String, String> values(String type) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", name);
    values.put("artifactId", name);
    values.put("groupId", group);
    values.put("version", VERSION);
    values.put("package", packageName);
    values.put("className", type);
    return values;
  }
}
