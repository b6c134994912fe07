package dev.inlay.pickle;

/**
 * What a pickle says of a storage: the numbers themselves lie elsewhere in the file.
 *
 * @param key the storage's name in the file
 * @param type what its numbers are
 * @param count how many numbers it has
 * @param viewOffset the first number that this part of it holds
 * @param viewCount how many numbers this part holds
 */
public record Storage(String key, StorageType type, long count, long viewOffset, long viewCount)
    implements Value {
  @Override
  public String kind() {
    return "a storage";
  }
}
