package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java client that OpenAPI Generator makes of what the service says of itself. */
class GeneratedClientTest extends ServiceTest {
  private static final Path GENERATOR =
      Path.of("target/client-generator/openapi-generator-cli.jar");

  /** As someone who uses the client would write it. */
  private static final String USE =
      """
      import client.ApiClient;
      import client.ApiException;
      import client.api.*;
      import client.model.*;
      import java.io.File;
      import java.time.LocalDate;
      import java.util.*;
      import java.util.function.Function;

      public class Use implements Function<Map<String, Object>, Map<String, Object>> {
        @Override
        @SuppressWarnings("unchecked")
        public Map<String, Object> apply(Map<String, Object> asked) {
          ApiClient service = new ApiClient();
          service.updateBaseUri((String) asked.get("address"));
          List<File> photos = (List<File>) asked.get("photos");
          Map<String, Object> found = new HashMap<>();
          try {
            IdentificationsApi api = new IdentificationsApi(service);
            Identification one =
                api.identify(photos, 3, "0198c5c2-7d11-7c3e-9d4f-1c2b3a495867", 47.4, 8.5, LocalDate.of(2026, 9, 30));
            found.put("photos", one.getPhotos());
            found.put("rank", one.getAnswer().getRank().getValue());
            found.put("name", one.getAnswer().getScientificName());
            found.put("flag", one.getPoison().getFlag().getValue());
            found.put("reason", one.getPoison().getReason());
            found.put("candidates", one.getCandidates().size());
            found.put("lookAlikes", one.getAnswer().getLookAlikes().size());
            found.put("given", one.getCircumstances().getGiven());
            found.put("version", one.getModel().getVersion());
            found.put("warning", one.getWarning());
            found.put("chosen", api.identifyWith("1", photos, null, null, null, null).getModel().getVersion());
            found.put("heatmap", api.heatmap(one.getId(), 1).length());
            FeedbackReceipt receipt =
                api.giveFeedback(
                    one.getId(), new Feedback().verdict(Feedback.VerdictEnum.RIGHT).consent(false));
            found.put("receipt", receipt.getIdentification().equals(one.getId()));
            found.put("predicted", new OriginalApi(service).predict(photos.get(0)).getPredictionLabel());
            found.put("species", new SpeciesApi(service).speciesList().getSpecies().size());
            found.put("models", new ModelsApi(service).models().getModels().size());
            try {
              api.identify(List.of((File) asked.get("noPhoto")), null, null, null, null, null);
            } catch (ApiException e) {
              found.put("refused", e.getCode());
              found.put("problem", e.getResponseBody());
            }
            return found;
          } catch (ApiException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void compilesAndWorks() throws Exception {
    Path description = folder.resolve("openapi.json");
    Files.write(description, get("/v3/api-docs").body());
    Path sources = generate(description);
    Files.writeString(sources.resolve("Use.java"), USE);
    Path classes = compile(sources);
    try (URLClassLoader client =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Map<String, Object> found = use(client);
      assertThat(found)
          .containsEntry("photos", 2)
          .containsEntry("rank", "species")
          .containsEntry("name", "Amanita muscaria")
          .containsEntry("flag", "poisonous")
          .containsEntry("candidates", 3)
          .containsEntry("given", List.of("place", "date"))
          .containsEntry("chosen", "1")
          .containsEntry("receipt", true)
          .containsEntry("predicted", "amanita_muscaria")
          .containsEntry("refused", 415);
      assertThat((String) found.get("reason")).contains("likeliest");
      assertThat((String) found.get("warning")).startsWith("Never eat a mushroom");
      assertThat((String) found.get("problem")).contains("/problems/not-a-photo");
      assertThat((Integer) found.get("lookAlikes")).isPositive();
      assertThat((Long) found.get("heatmap")).isGreaterThan(100);
      assertThat((Integer) found.get("species")).isGreaterThan(100);
      assertThat((Integer) found.get("models")).isPositive();
    }
  }

  /** Two photos of one find, and a file that is none. */
  private Map<String, Object> use(ClassLoader client) throws Exception {
    Path photo = Files.write(folder.resolve("photo.jpg"), TestPhotos.red());
    Path other = Files.write(folder.resolve("other.jpg"), TestPhotos.red());
    Path text = Files.writeString(folder.resolve("note.jpg"), "not a photo");
    @SuppressWarnings("unchecked")
    Function<Map<String, Object>, Map<String, Object>> use =
        (Function<Map<String, Object>, Map<String, Object>>)
            client.loadClass("Use").getDeclaredConstructor().newInstance();
    return use.apply(
        Map.of(
            "address",
            "http://localhost:" + port,
            "photos",
            List.of(photo.toFile(), other.toFile()),
            "noPhoto",
            text.toFile()));
  }

  private Path generate(Path description) throws Exception {
    assertThat(GENERATOR).as("copied there by the build").exists();
    Path log = folder.resolve("generator.log");
    Process generator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATOR.toAbsolutePath().toString(),
                "generate",
                "--input-spec",
                description.toString(),
                "--generator-name",
                "java",
                "--library",
                "native",
                "--additional-properties",
                "openApiNullable=false,useJakartaEe=true,apiPackage=client.api,modelPackage=client.model,invokerPackage=client",
                "--global-property",
                "apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false",
                "--output",
                folder.resolve("client").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(generator.waitFor(120, TimeUnit.SECONDS)).as("the generator ends").isTrue();
    } finally {
      generator.destroyForcibly();
    }
    assertThat(generator.exitValue()).as(Files.readString(log)).isZero();
    return folder.resolve("client/src/main/java");
  }

  private Path compile(Path sources) throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "--release",
                "17",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    var messages = new java.io.ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    assertThat(result).as(messages.toString(java.nio.charset.StandardCharsets.UTF_8)).isZero();
    return classes;
  }
}
