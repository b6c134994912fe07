package dev.inlay.data;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Samples that are read once and kept in memory up to a limit.
 *
 * <p>The first samples stay and are never evicted: every epoch reads each sample once, so the least
 * recently used sample is the one needed next.
 */
public final class CachedSamples implements SampleSource {
  /** 256 MiB: about 390 images of 480x360 with their labels. */
  public static final long DEFAULT_BYTES = 256L << 20;

  private final SampleSource samples;
  private final AtomicReferenceArray<@Nullable LabelledImage> kept;
  private final AtomicLong room;

  /**
   * Caches samples.
   *
   * @param bytes the greatest size of all cached images and labels together
   */
  public CachedSamples(SampleSource samples, long bytes) {
    this.samples = samples;
    this.kept = new AtomicReferenceArray<>(samples.size());
    this.room = new AtomicLong(bytes);
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public String name(int index) {
    return samples.name(index);
  }

  @Override
  public LabelledImage read(int index) {
    LabelledImage known = kept.get(index);
    if (known != null) {
      return known;
    }
    LabelledImage sample = samples.read(index);
    long bytes = (long) sample.image().rgb().length + sample.labels().ids().length;
    if (room.addAndGet(-bytes) < 0 || !kept.compareAndSet(index, null, sample)) {
      room.addAndGet(bytes);
    }
    return sample;
  }
}
