package dev.inlay.pickle;

/**
 * The description of a storage in a pickle; the numbers are elsewhere in the file.
 *
 * @param key the storage's name in the file
 * @param type the type of its numbers
 * @param count the count of its numbers
 * @param viewOffset the index of the first number in this view of the storage
 * @param viewCount the count of numbers in this view
 */
public record Storage(String key, StorageType type, long count, long viewOffset, long viewCount)
    implements Value {
  @Override
  public String kind() {
    return "a storage";
  }
}
