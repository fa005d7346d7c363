package app.mushroom.storage;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BlobWriteSession;
import com.google.cloud.storage.BlobWriteSessionConfigs;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32C;

/**
 * Objects in a Google Cloud Storage bucket. Google's types go no further than this class, hence its
 * length. What fits into one chunk goes up in one request, longer streams chunk by chunk, so that
 * memory holds a few chunks and never an object.
 *
 * <p>Every call that fails in transit is tried again for up to {@link #TOTAL_TIMEOUT}. A write that
 * succeeded but whose answer was lost then finds its own object in the way; it knows it by the
 * random mark that each write leaves in the object's metadata.
 */
final class GcsObjectStore implements ObjectStore {
  private static final Pattern LOCATION =
      Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/|/([^/].*?)/?)?");
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
  private static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(45);
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final int CHUNK_BYTES = 4 * 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String MARK = "mushroom-write";
  private static final BlobField[] FIELDS = {
    BlobField.NAME, BlobField.SIZE, BlobField.GENERATION, BlobField.CRC32C, BlobField.METADATA
  };

  private final Storage storage;
  private final String bucket;
  private final String prefix;
  private final String location;
  private volatile boolean bucketSeen;

  private GcsObjectStore(Storage storage, String bucket, String prefix) {
    this.storage = storage;
    this.bucket = bucket;
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
    this.location = "gs://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  /**
   * @param location {@code gs://bucket[/prefix]}
   * @param environment where {@code STORAGE_EMULATOR_HOST} may name an emulator, which needs no
   *     credentials
   */
  static GcsObjectStore open(String location, Map<String, String> environment) throws IOException {
    return open(location, environment, TOTAL_TIMEOUT);
  }

  static GcsObjectStore open(
      String location, Map<String, String> environment, Duration totalTimeout) throws IOException {
    Matcher parts = LOCATION.matcher(location);
    if (!parts.matches()) {
      throw new InvalidNameException(
          "store location", location, "gs://bucket or gs://bucket/prefix");
    }
    String prefix = Optional.ofNullable(parts.group(2)).orElse("");
    if (!prefix.isEmpty()) {
      ObjectKey.of(prefix);
    }
    StorageOptions.Builder options =
        StorageOptions.http()
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                    .setReadTimeout(READ_TIMEOUT_MILLIS)
                    .build())
            .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
            .setBlobWriteSessionConfig(
                BlobWriteSessionConfigs.getDefault().withChunkSize(CHUNK_BYTES));
    options.setRetrySettings(
        RetrySettings.newBuilder()
            .setInitialRetryDelayDuration(Duration.ofMillis(250))
            .setRetryDelayMultiplier(2)
            .setMaxRetryDelayDuration(Duration.ofSeconds(8))
            .setTotalTimeoutDuration(totalTimeout)
            .setJittered(true)
            .build());
    String emulator = environment.get(EMULATOR);
    if (emulator == null || emulator.isBlank()) {
      options.setCredentials(credentials(location));
    } else {
      options
          .setHost(emulator.contains("://") ? emulator : "http://" + emulator)
          .setProjectId("emulator")
          .setCredentials(NoCredentials.getInstance());
    }
    return new GcsObjectStore(options.build().getService(), parts.group(1), prefix);
  }

  private static GoogleCredentials credentials(String location) throws ObjectStoreException {
    try {
      return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
    } catch (IOException e) {
      throw new ObjectStoreException(
          "Cannot open "
              + location
              + ": expected credentials for Google Cloud, found none ("
              + e.getMessage()
              + "). Set GOOGLE_APPLICATION_CREDENTIALS to the path of a service account key, or run"
              + " where the platform provides an account, or name a folder as the store.",
          e);
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    return get(key).map(blob -> stored(key, blob));
  }

  private Optional<Blob> get(ObjectKey key) throws IOException {
    try {
      Blob blob = storage.get(id(key), BlobGetOption.fields(FIELDS));
      bucketSeen |= blob != null;
      if (!bucketSeen) {
        // A missing object and a missing bucket give the same answer; only a listing tells them
        // apart.
        storage.list(bucket, BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME));
        bucketSeen = true;
      }
      return Optional.ofNullable(blob);
    } catch (StorageException e) {
      throw failure("look up " + key, e);
    }
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    Blob blob = get(key).orElseThrow(() -> new ObjectNotFoundException(key, location));
    while (true) {
      InputStream in = new BufferedInputStream(new Download(key, blob), BUFFER_BYTES);
      try {
        in.mark(1);
        if (in.read() >= 0) {
          in.reset();
        }
        return new SealedInputStream(
            in,
            List.of(new Seal(blob.getGeneration(), blob.getSize(), crc32c(blob))),
            key + " in " + location);
      } catch (ObjectNotFoundException e) {
        // Replaced since it was looked up: its old generation is gone. Take the new one.
        in.close();
        Blob now = get(key).orElseThrow(() -> e);
        if (now.getGeneration().equals(blob.getGeneration())) {
          throw e;
        }
        blob = now;
      } catch (IOException e) {
        in.close();
        throw e;
      }
    }
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    String mark = UUID.randomUUID().toString();
    BlobInfo target = BlobInfo.newBuilder(id(key)).setMetadata(Map.of(MARK, mark)).build();
    byte[] first = content.readNBytes(CHUNK_BYTES);
    if (first.length == CHUNK_BYTES) {
      precondition.check(key, find(key), location); // saves sending a long stream in vain
    }
    try {
      BlobInfo written =
          first.length < CHUNK_BYTES
              ? storage.create(target, first, targetOptions(precondition))
              : upload(key, target, first, content, precondition);
      bucketSeen = true;
      return stored(key, written);
    } catch (StorageException e) {
      if (e.getCode() != 412) {
        throw failure("write " + key, e);
      }
      Optional<Blob> found = get(key);
      if (found.isPresent() && hasMark(found.get(), mark)) {
        return stored(key, found.get());
      }
      throw new PreconditionFailedException(
          key, precondition, found.map(blob -> stored(key, blob)), location);
    }
  }

  private static boolean hasMark(Blob blob, String mark) {
    return blob.getMetadata() != null && mark.equals(blob.getMetadata().get(MARK));
  }

  private BlobInfo upload(
      ObjectKey key, BlobInfo target, byte[] first, InputStream rest, Precondition precondition)
      throws IOException {
    BlobWriteSession session = storage.blobWriteSession(target, writeOptions(precondition));
    CRC32C crc32c = new CRC32C();
    try {
      // Closing makes the object appear: only after the last byte, never on the way out of a
      // failure.
      WritableByteChannel channel = session.open();
      byte[] chunk = first;
      while (chunk.length > 0) {
        crc32c.update(chunk);
        for (ByteBuffer bytes = ByteBuffer.wrap(chunk); bytes.hasRemaining(); ) {
          channel.write(bytes);
        }
        chunk = rest.readNBytes(CHUNK_BYTES);
      }
      channel.close();
      BlobInfo written = session.getResult().get();
      if (crc32c(written) != (int) crc32c.getValue()) {
        storage.delete(written.getBlobId());
        throw new CorruptObjectException(
            "%s arrived in %s with another CRC32C than it was sent with, and was removed. Write it again."
                .formatted(key, location));
      }
      return written;
    } catch (IOException e) {
      if (e.getCause() instanceof StorageException cause) {
        throw cause;
      }
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageException cause) {
        throw cause;
      }
      throw new ObjectStoreException("Could not write " + key + " in " + location + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while writing " + key + " in " + location);
    }
  }

  private static BlobTargetOption[] targetOptions(Precondition precondition) {
    if (precondition instanceof Precondition.Generation expected) {
      return new BlobTargetOption[] {BlobTargetOption.generationMatch(expected.generation())};
    }
    return precondition instanceof Precondition.Absent
        ? new BlobTargetOption[] {BlobTargetOption.doesNotExist()}
        : new BlobTargetOption[0];
  }

  private static BlobWriteOption[] writeOptions(Precondition precondition) {
    if (precondition instanceof Precondition.Generation expected) {
      return new BlobWriteOption[] {BlobWriteOption.generationMatch(expected.generation())};
    }
    return precondition instanceof Precondition.Absent
        ? new BlobWriteOption[] {BlobWriteOption.doesNotExist()}
        : new BlobWriteOption[0];
  }

  @Override
  public Stream<StoredObject> list(String keyPrefix) throws IOException {
    ObjectKey.requirePrefix(keyPrefix);
    try {
      Iterable<Blob> blobs =
          storage
              .list(
                  bucket, BlobListOption.prefix(prefix + keyPrefix), BlobListOption.fields(FIELDS))
              .iterateAll();
      bucketSeen = true;
      return StreamSupport.stream(blobs.spliterator(), false).flatMap(this::stored);
    } catch (StorageException e) {
      throw failure("list " + keyPrefix, e);
    }
  }

  private Stream<StoredObject> stored(Blob blob) {
    String key = blob.getName().substring(prefix.length());
    return ObjectKey.isKey(key) ? Stream.of(stored(new ObjectKey(key), blob)) : Stream.empty();
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    try {
      return storage.delete(id(key));
    } catch (StorageException e) {
      throw failure("delete " + key, e);
    }
  }

  private BlobId id(ObjectKey key) {
    return BlobId.of(bucket, prefix + key);
  }

  private static StoredObject stored(ObjectKey key, BlobInfo blob) {
    return new StoredObject(key, blob.getSize(), blob.getGeneration());
  }

  private static int crc32c(BlobInfo blob) {
    return ByteBuffer.wrap(Base64.getDecoder().decode(blob.getCrc32c())).getInt();
  }

  private ObjectStoreException failure(String task, StorageException e) {
    String advice =
        switch (e.getCode()) {
          case 401, 403 ->
              "The account lacks permission: grant it roles/storage.objectAdmin on the bucket, or"
                  + " point GOOGLE_APPLICATION_CREDENTIALS to the key of one that has it.";
          case 404 ->
              "There is no bucket "
                  + bucket
                  + " or it is not yours to see: create it, or correct"
                  + " the store's location.";
          case 429 -> "Too many requests: try again later.";
          default -> "Check the network and that the credentials are valid, then try again.";
        };
    return new ObjectStoreException(
        "Could not %s in %s: %s. %s".formatted(task, location, firstLine(e), advice), e);
  }

  /** Further lines repeat the request. */
  private static String firstLine(StorageException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public void close() {
    try {
      storage.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("Could not close " + location, e);
    }
  }

  /** Content of one generation of an object on its way here; failures say what to do. */
  private final class Download extends FilterInputStream {
    private final ObjectKey key;
    private boolean begun;

    private Download(ObjectKey key, Blob blob) {
      super(Channels.newInputStream(channel(key, blob)));
      this.key = key;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = in.read(buffer, offset, length);
        begun = true;
        return read;
      } catch (StorageException e) {
        throw failed(e);
      } catch (IOException e) {
        throw e.getCause() instanceof StorageException cause ? failed(cause) : e;
      }
    }

    private ObjectStoreException failed(StorageException e) {
      if (e.getCode() != 404) {
        return failure("read " + key, e);
      }
      return begun
          ? new ObjectStoreException(
              "%s in %s was replaced or deleted while it was read. Read it again."
                  .formatted(key, location),
              e)
          : new ObjectNotFoundException(key, location);
    }
  }

  private ReadChannel channel(ObjectKey key, Blob blob) {
    ReadChannel channel =
        storage.reader(
            BlobId.of(bucket, prefix + key, blob.getGeneration()),
            BlobSourceOption.shouldReturnRawInputStream(true));
    channel.setChunkSize(CHUNK_BYTES);
    return channel;
  }
}
