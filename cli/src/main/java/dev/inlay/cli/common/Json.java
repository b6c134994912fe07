package dev.inlay.cli.common;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.GsonBuilder;

/** JSON from records and collections; what is not known is null. */
public final class Json {

  private Json() {}

  /** Over several lines, for people too. */
  public static String pretty(Object value) {
    return plain().setPrettyPrinting().create().toJson(value);
  }

  /** In one line, with names like {@code median_ms}. */
  public static String line(Object value) {
    return plain()
        .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
        .create()
        .toJson(value);
  }

  /** Specs are full of characters that matter in HTML alone. */
  private static GsonBuilder plain() {
    return new GsonBuilder().serializeNulls().disableHtmlEscaping();
  }
}
