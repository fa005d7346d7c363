package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.storage.Names;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bundle inside this application, served while the store has no champion. */
@Component
class StarterBundle {
  static final String VERSION = "starter";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ResourceLoader resources;
  private final String location;

  StarterBundle(ResourceLoader resources, ApiProperties properties) {
    this.resources = resources;
    this.location = properties.model().starter() + "/";
  }

  boolean isPresent() {
    return resource("bundle.json").exists();
  }

  /** Copies the bundle out of the application and checks it like any other. */
  VerifiedBundle copyTo(Path freshFolder) throws IOException {
    Files.createDirectories(freshFolder);
    copy("bundle.json", freshFolder);
    JsonNode manifest = JSON.readTree(freshFolder.resolve("bundle.json").toFile());
    for (JsonNode file : manifest.path("files")) {
      copy(Names.requireFile("starter file", file.path("name").asString()), freshFolder);
    }
    return ModelRegistry.verify(freshFolder);
  }

  /** One file of the starter, such as {@code metrics.json}. */
  byte[] file(String name) throws IOException {
    return resource(name).getContentAsByteArray();
  }

  private void copy(String name, Path folder) throws IOException {
    try (InputStream content = resource(name).getInputStream()) {
      Files.copy(content, folder.resolve(name));
    }
  }

  private Resource resource(String name) {
    return resources.getResource(location + name);
  }
}
