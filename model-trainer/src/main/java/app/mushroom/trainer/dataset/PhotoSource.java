package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The photos of a dataset version, decoded by the decoder that serving uses. Stored bytes are kept
 * in memory after the first read, up to a limit, so that an epoch does not go back to a bucket.
 */
public final class PhotoSource {

  private static final long MAX_CACHED_BYTES = 2_000_000_000L;

  private final DatasetRepository repository;
  private final String dataset;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final Map<String, byte[]> cache = new ConcurrentHashMap<>();
  private final java.util.concurrent.atomic.AtomicLong cachedBytes =
      new java.util.concurrent.atomic.AtomicLong();

  public PhotoSource(DatasetRepository repository, String dataset) {
    this.repository = repository;
    this.dataset = dataset;
  }

  /**
   * @throws IOException if the photo cannot be read from the store or decoded; the message names it
   */
  public Photo read(DatasetPhoto photo) throws IOException {
    try {
      return decoder.decode(bytes(photo));
    } catch (PhotoRejectedException e) {
      throw new IOException(
          "Photo " + photo.sha256() + " of " + photo.label() + ": " + e.getMessage(), e);
    }
  }

  private byte[] bytes(DatasetPhoto photo) throws IOException {
    byte[] bytes = cache.get(photo.sha256());
    if (bytes == null) {
      bytes = repository.image(dataset, photo.sha256());
      if (cachedBytes.addAndGet(bytes.length) <= MAX_CACHED_BYTES) {
        cache.put(photo.sha256(), bytes);
      }
    }
    return bytes;
  }
}
