package app.mushroom.api.original;

import app.mushroom.api.access.Caller;
import app.mushroom.api.identification.Identifier;
import app.mushroom.api.identification.InvalidRequestException;
import app.mushroom.api.identification.Query;
import app.mushroom.api.model.ModelCatalogue;
import app.mushroom.api.model.ModelSummary;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The routes of the app this one descends from, for its own page and whoever else uses them. */
@RestController
@Tag(name = "original", description = "The routes of the original Mushroom App")
class OriginalController {
  private final Identifier identifier;
  private final ModelCatalogue catalogue;

  OriginalController(Identifier identifier, ModelCatalogue catalogue) {
    this.identifier = identifier;
    this.catalogue = catalogue;
  }

  @GetMapping("/status")
  @Operation(
      operationId = "status",
      summary = "Whether the service is up, and the model that answers")
  Map<String, String> status() {
    return Map.of(
        "message",
        "API Service is up",
        "model",
        catalogue.serving().map(ModelSummary::version).orElse("none"));
  }

  @GetMapping("/best_model")
  @Operation(operationId = "bestModel", summary = "The model that answers now")
  Map<String, Object> bestModel() {
    return catalogue
        .serving()
        .<Map<String, Object>>map(
            model -> {
              Experiment experiment = Experiment.of(0, model);
              return Map.of(
                  "message",
                  "Current model being served:" + experiment.modelName(),
                  "model_details",
                  experiment);
            })
        .orElse(Map.of("message", "No model available to serve"));
  }

  @GetMapping("/leaderboard")
  @Operation(operationId = "originalLeaderboard", summary = "Models, the best first")
  List<Experiment> leaderboard() {
    var ranked = catalogue.leaderboard();
    return IntStream.range(0, ranked.size())
        .mapToObj(i -> Experiment.of(i, ranked.get(i)))
        .toList();
  }

  @GetMapping("/experiments")
  @Operation(operationId = "experiments", summary = "All models, the newest first")
  List<Experiment> experiments() {
    var models = catalogue.models();
    return IntStream.range(0, models.size())
        .mapToObj(i -> Experiment.of(i, models.get(i)))
        .toList();
  }

  @PostMapping(
      path = "/predict",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "predict",
      summary = "Identify a mushroom from one photo",
      description =
          "poisonous is false only when no poisoning is known: 'cannot tell', 'not a mushroom' and"
              + " 'not sure' are true, because the original's page shows nothing for false.")
  Prediction predict(@RequestPart("file") List<MultipartFile> files, HttpServletRequest request)
      throws PhotoRejectedException, IOException {
    if (files.size() != 1) {
      throw new InvalidRequestException(
          "Expected one photo in the part named 'file', found " + files.size() + ".");
    }
    return Prediction.of(
        identifier.identify(new Query(List.of(files.get(0)::getBytes), 1, Caller.of(request))));
  }
}
