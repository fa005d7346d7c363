package app.mushroom.trainer.torchscript;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The entries of a TorchScript archive, without the archive's own top folder: {@code data.pkl} (the
 * module tree), {@code code/…} (its methods as text), {@code data/<n>} (tensors, raw little-endian)
 * and {@code constants.pkl}. See the PyTorch serialization notes, "TorchScript module format".
 */
final class ScriptArchive {

  private static final long MAX_UNPACKED_BYTES = 2_000_000_000L;

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  static ScriptArchive read(Path file) throws IOException {
    ScriptArchive archive = new ScriptArchive();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long total = 0;
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        int slash = entry.getName().indexOf('/');
        if (entry.isDirectory() || slash < 0) {
          continue;
        }
        total += Math.max(0, entry.getSize());
        if (total > MAX_UNPACKED_BYTES) {
          throw new NotTorchScriptException(file, "it unpacks to more than 2 GB");
        }
        try (var in = zip.getInputStream(entry)) {
          archive.entries.put(entry.getName().substring(slash + 1), in.readAllBytes());
        }
      }
    } catch (ZipException e) {
      throw new NotTorchScriptException(file, "it is not a zip archive: " + e.getMessage());
    }
    if (!archive.entries.containsKey("data.pkl") || !archive.entries.containsKey("constants.pkl")) {
      throw new NotTorchScriptException(file, "it holds no data.pkl and constants.pkl");
    }
    return archive;
  }

  byte[] get(String name) {
    byte[] bytes = entries.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("the archive has no entry " + name);
    }
    return bytes;
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  String text(String name) {
    return new String(get(name), StandardCharsets.UTF_8);
  }

  void put(String name, byte[] bytes) {
    entries.put(name, bytes);
  }

  /** Writes the archive uncompressed, as PyTorch maps tensors straight from the file. */
  void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] bytes = entry.getValue();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry stored = new ZipEntry("model/" + entry.getKey());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(bytes.length);
        stored.setCompressedSize(bytes.length);
        stored.setCrc(crc.getValue());
        stored.setTime(0);
        zip.putNextEntry(stored);
        zip.write(bytes);
        zip.closeEntry();
      }
    }
  }
}
