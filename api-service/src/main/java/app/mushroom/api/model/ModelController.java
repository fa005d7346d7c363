package app.mushroom.api.model;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What has been published, and how good it is. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "models")
class ModelController {
  private final ModelCatalogue catalogue;

  ModelController(ModelCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  record Models(List<ModelSummary> models) {}

  record Rank(int rank, ModelSummary model) {}

  record Leaderboard(List<Rank> entries) {}

  @GetMapping("/models")
  @Operation(
      operationId = "models",
      summary = "All published models with their figures, the newest first")
  Models models() {
    return new Models(catalogue.models());
  }

  @GetMapping("/models/{version}")
  @Operation(operationId = "model", summary = "One model: manifest, figures and model card")
  ModelDetails model(
      @Parameter(description = "A published number, or starter", example = "starter") @PathVariable
          String version) {
    return catalogue.details(version);
  }

  @GetMapping("/leaderboard")
  @Operation(
      operationId = "leaderboard",
      summary = "Models ranked by poison cost, then macro-F1, both on the validation photos")
  Leaderboard leaderboard() {
    List<ModelSummary> ranked = catalogue.leaderboard();
    return new Leaderboard(
        IntStream.range(0, ranked.size()).mapToObj(i -> new Rank(i + 1, ranked.get(i))).toList());
  }
}
