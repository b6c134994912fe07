package dev.inlay.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects skipped entries; many entries of one kind in one dictionary are grouped. */
final class SkippedList {
  private static final int MOST_APART = 3;
  private static final int MOST_GROUPS = 100;

  private final Map<Group, Members> groups = new LinkedHashMap<>();
  private int beyond;

  private record Group(String parent, String what) {}

  private static final class Members {
    private final List<String> places = new ArrayList<>(1);
    private int count;
  }

  /** Adds an entry; those of the top level, whose parent is empty, are listed one by one. */
  void add(String parent, String place, String what) {
    Group group = new Group(parent.isEmpty() ? place : parent, what);
    if (groups.size() >= MOST_GROUPS && !groups.containsKey(group)) {
      beyond++;
      return;
    }
    Members members = groups.computeIfAbsent(group, key -> new Members());
    members.count++;
    if (members.places.size() < MOST_APART) {
      members.places.add(place);
    }
  }

  List<Skipped> list() {
    List<Skipped> list = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          if (members.count <= MOST_APART) {
            members.places.forEach(place -> list.add(new Skipped(place, group.what())));
          } else {
            list.add(new Skipped(group.parent(), members.count + " times " + group.what()));
          }
        });
    if (beyond > 0) {
      list.add(new Skipped("elsewhere", beyond + " more"));
    }
    return List.copyOf(list);
  }
}
