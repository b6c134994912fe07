package dev.inlay.guard;

import java.lang.annotation.IncompleteAnnotationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of the api a jar uses and this Inlay lacks, or the reverse, by the words of Java's errors of
 * linking.
 */
final class ApiMismatch {

  private static final int DEEPEST = 5;

  private static final Pattern OF_INLAY =
      Pattern.compile("(dev[./]inlay(?:[./][a-z]\\w*)*)[./][A-Z]");
  private static final Pattern MEMBER =
      Pattern.compile("'(?:[a-z]+ )*?((?:\\S+ )?[^' ]+\\(.*?\\))'");
  private static final Pattern FIELD = Pattern.compile("member field '(\\S+) (\\w+)'");
  private static final Pattern OWNER = Pattern.compile("Class (\\S+) does not have member field");
  private static final Pattern BARE_FIELD = Pattern.compile("\\w+");
  private static final Pattern LACKING =
      Pattern.compile(
          "Receiver class (\\S+) does not define .* method '(.*?)' of .*? (\\S+?)\\.?$");
  private static final Pattern KIND =
      Pattern.compile("Found (interface|class) (\\S+), but (interface|class) was expected");
  private static final Pattern ELEMENT = Pattern.compile("(\\S+) missing element (\\w+)");

  private ApiMismatch() {}

  /** The mismatch, as the rest of a sentence that begins with the jar; empty if there is none. */
  static Optional<String> of(Throwable thrown, BuiltFor jar) {
    return Causes.chain(thrown)
        .limit(DEEPEST)
        .flatMap(each -> words(each, jar).stream())
        .findFirst()
        .map(
            what ->
                "was built against another version of Inlay%s: %s; use a version of it that is made for Inlay %s, or rebuild it against inlay-api %s"
                    .formatted(jar.inWords(), what, jar.core(), jar.core()));
  }

  private static Optional<String> words(Throwable thrown, BuiltFor jar) {
    String message = Causes.message(thrown);
    String inlay = "Inlay " + jar.core();
    if (thrown instanceof IncompleteAnnotationException) {
      Matcher element = ELEMENT.matcher(message);
      return element.matches() && isOfApi(message)
          ? Optional.of(
              "its annotation @%s has no '%s', which %s reads"
                  .formatted(shortened(element.group(1)), element.group(2), inlay))
          : Optional.empty();
    }
    if (thrown instanceof NoSuchFieldError && BARE_FIELD.matcher(message).matches()) {
      // Java 17 does not say whose field it is.
      return Optional.of(
          "it reads the field '%s', which a class of %s or of a library does not have"
              .formatted(message, inlay));
    }
    if (!Harmless.isLinkage(thrown) || !isOfApi(message)) {
      return Optional.empty();
    }
    return Optional.of(
        linkage(thrown, message, inlay)
            .orElseGet(() -> "%s: %s".formatted(Harmless.kind(thrown), shortened(message))));
  }

  private static Optional<String> linkage(Throwable thrown, String message, String inlay) {
    if (thrown instanceof NoClassDefFoundError && !message.contains(" ")) {
      return Optional.of(
          "it uses the class %s, which %s does not have"
              .formatted(message.replace('/', '.'), inlay));
    }
    if (thrown instanceof NoSuchMethodError) {
      return member(message)
          .map(m -> "it calls the method '%s', which %s does not have".formatted(m, inlay));
    }
    if (thrown instanceof NoSuchFieldError) {
      Matcher field = FIELD.matcher(message);
      Matcher owner = OWNER.matcher(message);
      return field.find() && owner.find()
          ? Optional.of(
              "it reads the field '%s.%s', which %s does not have"
                  .formatted(shortened(owner.group(1)), field.group(2), inlay))
          : Optional.empty();
    }
    if (thrown instanceof AbstractMethodError) {
      Matcher lacking = LACKING.matcher(message);
      return lacking.find()
          ? Optional.of(
              "its class %s lacks the method '%s' of %s, which %s calls"
                  .formatted(
                      lacking.group(1),
                      shortened(lacking.group(2)).replaceFirst("^abstract ", ""),
                      shortened(lacking.group(3)),
                      inlay))
          : Optional.empty();
    }
    Matcher kind = KIND.matcher(message);
    return kind.find()
        ? Optional.of(
            "it uses %s as %s, which is %s in %s"
                .formatted(kind.group(2), article(kind.group(3)), article(kind.group(1)), inlay))
        : Optional.empty();
  }

  private static String article(String kind) {
    return kind.equals("interface") ? "an interface" : "a class";
  }

  /** {@code void Check.fresh(int)}, or {@code Features(Tensor, int)} for a constructor. */
  private static Optional<String> member(String message) {
    Matcher member = MEMBER.matcher(message);
    return member.find()
        ? Optional.of(shortened(member.group(1)).replaceFirst("^void (.*?)\\.<init>\\(", "new $1("))
        : Optional.empty();
  }

  /** Names without the packages of the api and of java.lang. */
  private static String shortened(String text) {
    return text.replaceAll("\\b(?:dev\\.inlay|java\\.lang)\\.(?=[A-Z])", "")
        .replaceAll("(?<=\\w)\\$(?=[A-Z])", ".");
  }

  private static boolean isOfApi(String message) {
    return OF_INLAY
        .matcher(message)
        .results()
        .anyMatch(match -> Core.API.equals(match.group(1).replace('/', '.')));
  }
}
