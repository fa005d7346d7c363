package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.ModelRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What has been published: bundles with their figures and cards. */
@Component
public class ModelCatalogue {
  private static final Logger log = LoggerFactory.getLogger(ModelCatalogue.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int MOST_REMEMBERED = 500;

  private record Entry(BundleManifest manifest, Metrics metrics) {}

  private final ModelRegistry registry;
  private final StarterBundle starter;
  private final ServingModel serving;
  private final String model;

  /** A published version never changes, so it is read once. */
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  ModelCatalogue(
      ModelRegistry registry,
      StarterBundle starter,
      ServingModel serving,
      ApiProperties properties) {
    this.registry = registry;
    this.starter = starter;
    this.serving = serving;
    this.model = properties.model().name();
  }

  /**
   * All versions, the newest first, the starter last.
   *
   * @throws StoreUnavailableException when the store does not answer
   */
  public List<ModelSummary> models() {
    List<ModelSummary> models = new ArrayList<>();
    for (String version : versions()) {
      entry(version).ifPresent(entry -> models.add(summary(version, entry)));
    }
    models.sort(Comparator.comparing(ModelSummary::created).reversed());
    if (starter.isPresent()) {
      models.add(summary(StarterBundle.VERSION, starterEntry()));
    }
    return List.copyOf(models);
  }

  /** The models with figures, ranked by poison cost, then macro-F1. */
  public List<ModelSummary> leaderboard() {
    return models().stream()
        .filter(each -> each.metrics().ranking() != null)
        .sorted(
            Comparator.comparingDouble(ModelCatalogue::poisonCost)
                .thenComparing(Comparator.comparingDouble(ModelCatalogue::macroF1).reversed()))
        .toList();
  }

  /** The model that answers now, or empty before the first. */
  public Optional<ModelSummary> serving() {
    return serving
        .current()
        .map(model -> summary(model.version(), new Entry(model.manifest(), model.metrics())));
  }

  /**
   * @throws app.mushroom.storage.InvalidNameException if no version can have that name
   * @throws ModelNotFoundException if there is none
   */
  public ModelDetails details(String version) {
    Entry entry = require(version);
    return new ModelDetails(
        entry.manifest().name(),
        version,
        isServing(version),
        entry.manifest(),
        entry.metrics(),
        file(version, entry.manifest(), "MODEL_CARD.md")
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse(""));
  }

  private Entry require(String version) {
    Names.require("model version", version);
    if (version.equals(StarterBundle.VERSION)) {
      if (!starter.isPresent()) {
        throw new ModelNotFoundException(version);
      }
      return starterEntry();
    }
    if (!entries.containsKey(version) && !versions().contains(version)) {
      throw new ModelNotFoundException(version); // and nothing is looked for under that name
    }
    return entry(version).orElseThrow(() -> new ModelNotFoundException(version));
  }

  private List<String> versions() {
    try {
      return registry.versions(model);
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    }
  }

  private Optional<Entry> entry(String version) {
    Entry known = entries.get(version);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      BundleManifest manifest = registry.manifest(model, version);
      Entry entry = new Entry(manifest, metrics(file(version, manifest, "metrics.json"), version));
      if (entries.size() >= MOST_REMEMBERED) {
        entries.clear();
      }
      entries.put(version, entry);
      return Optional.of(entry);
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    } catch (BundleRejectedException e) {
      log.debug("Model {} is left out: {}", version, e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    }
  }

  private Entry starterEntry() {
    return entries.computeIfAbsent(
        StarterBundle.VERSION,
        version -> {
          try {
            BundleManifest manifest =
                JSON.readValue(starter.file("bundle.json"), BundleManifest.class);
            return new Entry(manifest, metrics(file(version, manifest, "metrics.json"), version));
          } catch (IOException e) {
            throw new StoreUnavailableException(e);
          }
        });
  }

  private Optional<byte[]> file(String version, BundleManifest manifest, String name) {
    if (manifest.files().stream().noneMatch(file -> file.name().equals(name))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          version.equals(StarterBundle.VERSION)
              ? starter.file(name)
              : registry.file(model, version, name));
    } catch (BundleRejectedException e) {
      log.warn("{} of model {} does not match its hash and is left out.", name, version);
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    }
  }

  private static Metrics metrics(Optional<byte[]> json, String version) {
    return json.map(bytes -> Metrics.read(bytes, version)).orElse(Metrics.NONE);
  }

  private ModelSummary summary(String version, Entry entry) {
    BundleManifest manifest = entry.manifest();
    return new ModelSummary(
        manifest.name(),
        version,
        isServing(version),
        manifest.architecture(),
        manifest.created(),
        manifest.input(),
        manifest.dataset(),
        manifest.run(),
        entry.metrics());
  }

  private boolean isServing(String version) {
    return serving.version().equals(Optional.of(version));
  }

  private static double poisonCost(ModelSummary summary) {
    Metrics.Figures figures = summary.metrics().ranking();
    return figures == null || figures.poisonCost() == null
        ? Double.POSITIVE_INFINITY
        : figures.poisonCost();
  }

  private static double macroF1(ModelSummary summary) {
    Metrics.Figures figures = summary.metrics().ranking();
    return figures == null || figures.macroF1() == null ? 0 : figures.macroF1();
  }
}
