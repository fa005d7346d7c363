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
      if (cachedBytes.addAndGet(bytes.length) <= MAX_CACHED_BYTES) {
        cache.put(photo.sha256(), bytes);
      }
    }
    return bytes;
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
