package app.mushroom.trainer.dataset;

import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The photos of a dataset version, decoded by the decoder that serving uses. Stored bytes are kept
 * in memory after the first read, up to 2 GB or a quarter of the heap, so that an epoch does not go
 * back to a bucket.
 */
public final class PhotoSource {

  private static final long MOST_CACHED_BYTES = 2_000_000_000L;

  private final DatasetRepository repository;
  private final String dataset;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final Map<String, byte[]> cache = new ConcurrentHashMap<>();
  private final AtomicLong cachedBytes = new AtomicLong();
  private final long mostCachedBytes;

  public PhotoSource(DatasetRepository repository, String dataset) {
    this(repository, dataset, Math.min(MOST_CACHED_BYTES, Runtime.getRuntime().maxMemory() / 4));
  }

  PhotoSource(DatasetRepository repository, String dataset, long mostCachedBytes) {
    this.repository = repository;
    this.dataset = dataset;
    this.mostCachedBytes = mostCachedBytes;
  }

  /**
   * @throws UnreadablePhotoException if the photo is missing, damaged or not decodable; the message
   *     names it
   * @throws IOException if the store cannot be asked, which says nothing about the photo
   */
  public Photo read(DatasetPhoto photo) throws IOException {
    try {
      return decoder.decode(bytes(photo));
    } catch (PhotoRejectedException e) {
      throw new UnreadablePhotoException(photo, e);
    }
  }

  private byte[] bytes(DatasetPhoto photo) throws IOException {
    byte[] bytes = cache.get(photo.sha256());
    if (bytes == null) {
      bytes = stored(photo);
      keep(photo, bytes);
    }
    return bytes;
  }

  private void keep(DatasetPhoto photo, byte[] bytes) {
    if (cachedBytes.addAndGet(bytes.length) > mostCachedBytes
        || cache.putIfAbsent(photo.sha256(), bytes) != null) {
      cachedBytes.addAndGet(-bytes.length); // no room, or another thread was faster
    }
  }

  /** What of the photos lies in memory. */
  long cachedBytes() {
    return cachedBytes.get();
  }

  private byte[] stored(DatasetPhoto photo) throws IOException {
    try {
      return repository.image(dataset, photo.sha256());
    } catch (ObjectNotFoundException | CorruptObjectException | DatasetRejectedException e) {
      throw new UnreadablePhotoException(photo, e);
    } catch (ObjectStoreException e) {
      throw e;
    } catch (IOException e) { // a file of a folder, which is this photo and no other
      throw new UnreadablePhotoException(photo, e);
    }
  }
}
