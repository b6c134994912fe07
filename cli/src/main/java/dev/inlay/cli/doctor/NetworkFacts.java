package dev.inlay.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Whether anything may open a connection, and through which proxy. */
final class NetworkFacts {

  private static final String ABOUT = "network";
  private static final List<String> PROXIES = List.of("http_proxy", "https_proxy", "no_proxy");

  private NetworkFacts() {}

  static List<Fact> all(Map<String, String> environment) {
    List<Fact> facts = new ArrayList<>();
    boolean offline =
        Boolean.parseBoolean(
            environment.getOrDefault("DJL_OFFLINE", System.getProperty("ai.djl.offline", "true")));
    facts.add(
        offline
            ? Fact.ok(ABOUT, "connections", "none: the engine is offline")
            : Fact.note(
                ABOUT,
                "connections",
                "the engine may download its library",
                "Unset DJL_OFFLINE and ai.djl.offline to keep it offline."));
    Map<String, String> set = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (PROXIES.contains(name.toLowerCase(Locale.ROOT)) && !value.isBlank()) {
            set.put(name, value.replaceFirst("//[^@/]*@", "//***@"));
          }
        });
    facts.add(
        Fact.ok(
            ABOUT,
            "proxies",
            set.isEmpty() ? "none set" : set.toString().replaceAll("^\\{|}$", "")));
    return facts;
  }
}
