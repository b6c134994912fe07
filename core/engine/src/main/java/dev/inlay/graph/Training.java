package dev.inlay.graph;

/** Stands in a node's arguments for "true while training"; each program replaces it. */
public enum Training {
  FLAG
}
