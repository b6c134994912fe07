package dev.inlay.pytorch;

import dev.inlay.pickle.Value;
import java.util.Map;

/**
 * What a checkpoint's file holds, in either format.
 *
 * @param root the object that was saved
 * @param storages where the storages lie, by key
 */
record Container(Value root, Map<String, Place> storages) {}
