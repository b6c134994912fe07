package dev.inlay.data;

import java.util.SplittableRandom;
import java.util.TreeMap;

/** The endless order of samples: every epoch is a new permutation of all samples. */
final class SampleOrder {
  private static final int KEPT_EPOCHS = 4;

  private final int size;
  private final long seed;
  private final TreeMap<Long, int[]> epochs = new TreeMap<>();

  SampleOrder(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** The index of the sample at a position of the order; for several threads at once. */
  synchronized int at(long place) {
    int[] epoch = epochs.computeIfAbsent(place / size, this::shuffled);
    if (epochs.size() > KEPT_EPOCHS) {
      epochs.pollFirstEntry();
    }
    return epoch[(int) (place % size)];
  }

  private int[] shuffled(long epoch) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, epoch));
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
