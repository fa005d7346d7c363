package app.mushroom.trainer.tracking;

import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.runs.RunStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The alias {@code champion} on the server: it follows the champion of the store. */
final class ChampionAlias {

  private static final String ALIAS = "champion";

  private final ModelRegistry registry;
  private final RunStore runs;
  private final MlflowClient client;

  ChampionAlias(ModelRegistry registry, RunStore runs, MlflowClient client) {
    this.registry = registry;
    this.runs = runs;
    this.client = client;
  }

  void bringUpToDate(String model) throws IOException {
    Optional<Champion> champion = registry.champion(model);
    if (champion.isEmpty()) {
      return;
    }
    Optional<String> version = number(model, champion.get().version());
    if (version.isPresent()) {
      client.post(
          "registered-models/alias",
          Map.of("name", model, "alias", ALIAS, "version", version.get()));
    } else {
      remove(model);
    }
  }

  /**
   * The server's number of a version: from our notes, or, where these are older, from the server.
   */
  private Optional<String> number(String model, String version) throws IOException {
    String run = registry.manifest(model, version).run();
    Optional<MlflowLink> link = RunSync.link(runs, run, client);
    if (link.isEmpty()) {
      return Optional.empty();
    }
    String known = link.get().numberOf(version);
    return known == null
        ? new MlflowModel(client, link.get(), model).registered(version)
        : Optional.of(known);
  }

  /** The champion is a version that the server does not have: no other may be called so. */
  private void remove(String model) throws IOException {
    try {
      client.delete("registered-models/alias", Map.of("name", model, "alias", ALIAS));
    } catch (MlflowException e) {
      if (!e.isMissing()) {
        throw e;
      }
    }
  }
}
