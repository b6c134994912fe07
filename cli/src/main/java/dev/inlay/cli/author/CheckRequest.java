package dev.inlay.cli.author;

import com.google.gson.Gson;
import java.util.List;

/**
 * What the command asks of the process of a check.
 *
 * @param mark what begins each line that is meant for the command
 * @param jar the jar, in a folder of its own
 * @param folders the folders of plugins that it may stand beside
 * @param technique the technique to check; empty for all of the jar
 * @param only the rules to try; empty for all
 * @param skip the rules to leave out
 * @param milliseconds the time that there is
 */
record CheckRequest(
    String mark,
    String jar,
    List<String> folders,
    String technique,
    List<String> only,
    List<String> skip,
    long milliseconds) {

  String text() {
    return new Gson().toJson(this);
  }

  static CheckRequest read(String text) {
    return new Gson().fromJson(text, CheckRequest.class);
  }

  boolean wants(String rule) {
    return (only.isEmpty() || only.contains(rule)) && !skip.contains(rule);
  }
}
