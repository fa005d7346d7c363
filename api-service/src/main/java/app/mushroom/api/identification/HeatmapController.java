package app.mushroom.api.identification;

import app.mushroom.api.access.Caller;
import app.mushroom.api.identification.RecentIdentifications.Recent;
import app.mushroom.api.inference.InferencePool;
import app.mushroom.api.inference.Work;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.api.model.LoadedModels;
import app.mushroom.api.model.ModelLease;
import app.mushroom.vision.FeatureMap;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows where the network looked. */
@RestController
@Tag(name = "identifications")
class HeatmapController {
  private final RecentIdentifications recent;
  private final LoadedModels models;
  private final InferencePool pool;
  private final StageMeters stages;

  HeatmapController(
      RecentIdentifications recent, LoadedModels models, InferencePool pool, StageMeters stages) {
    this.stages = stages;
    this.recent = recent;
    this.models = models;
    this.pool = pool;
  }

  @GetMapping(path = "/api/v1/identifications/{id}/heatmap", produces = MediaType.IMAGE_PNG_VALUE)
  @Operation(
      operationId = "heatmap",
      summary = "What in the photo spoke for the likeliest label, as a PNG over the photo")
  byte[] heatmap(
      @PathVariable UUID id,
      @Parameter(
              description = "Which of its photos, counted from 1",
              schema =
                  @Schema(
                      type = "integer",
                      format = "int32",
                      minimum = "1",
                      maximum = "5",
                      defaultValue = "1"))
          @RequestParam(defaultValue = "1")
          int photo,
      HttpServletRequest request)
      throws PhotoRejectedException, IOException {
    Recent kept =
        recent
            .find(id)
            .filter(known -> !known.photos().isEmpty())
            .orElseThrow(
                () ->
                    new NotAvailableException(
                        "Expected the id of an identification of the last minutes, found one that"
                            + " is unknown or no longer kept. Send the photo again."));
    if (photo < 1 || photo > kept.photos().size()) {
      throw new InvalidRequestException(
          "Expected photo to be 1 to " + kept.photos().size() + ", found " + photo + ".");
    }
    if (!kept.identification().mushroom().isMushroom()) {
      throw new NotAvailableException(
          "No mushroom was found in this photo, so there is nothing to point at.");
    }
    try (ModelLease lease = models.lease(kept.identification().model().version())) {
      Photo drawnOver = kept.photos().get(photo - 1);
      Work<byte[]> drawing = () -> draw(lease.model(), drawnOver, kept.likeliest());
      Work<byte[]> timed = () -> stages.time(Stage.HEATMAP, drawing);
      ModelLease whileItRuns = lease.again();
      return pool.run(Caller.of(request), List.of(timed), whileItRuns::close).get(0);
    }
  }

  private static byte[] draw(LoadedModel model, Photo photo, int label) throws IOException {
    FeatureMap map = model.classifier().featureMap(model.preprocessing().toTensor(photo));
    return Pictures.png(Heatmap.over(photo, map.heat(label), model.preprocessing()));
  }
}
