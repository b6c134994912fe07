package dev.inlay.pytorch;

import dev.inlay.pickle.Value;
import java.util.Map;

/**
 * The content of a checkpoint file, in either format.
 *
 * @param root the object that was saved
 * @param storages the places of the storages, by key
 */
record Container(Value root, Map<String, Place> storages) {}
