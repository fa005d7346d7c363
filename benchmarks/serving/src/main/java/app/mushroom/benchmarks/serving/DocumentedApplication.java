package app.mushroom.benchmarks.serving;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.CenterCrop;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * A peer: a service as DJL's documentation shows it. {@code ImageFactory} reads the upload, the
 * translator's pipeline prepares it, and each thread has a predictor.
 */
@SpringBootApplication
class DocumentedApplication {

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(DocumentedApplication.class);
    Properties defaults = new Properties();
    defaults.put("spring.servlet.multipart.max-file-size", "20MB");
    defaults.put("spring.servlet.multipart.max-request-size", "100MB");
    defaults.put("logging.level.root", "warn");
    application.setDefaultProperties(defaults);
    application.run(args);
  }

  @Bean(destroyMethod = "close")
  ZooModel<Image, Classifications> model(
      @Value("${bundle}") Path bundle,
      @Value("${size}") int size,
      @Value("${short-side}") int shortSide)
      throws IOException, ModelNotFoundException, MalformedModelException {
    int labels = Bundle.labels(bundle);
    ImageClassificationTranslator.Builder translator =
        ImageClassificationTranslator.builder()
            .addTransform(new Resize(shortSide, shortSide))
            .addTransform(new CenterCrop(size, size))
            .addTransform(new ToTensor())
            .addTransform(
                new Normalize(
                    new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}))
            .optApplySoftmax(true)
            .optTopK(5)
            .optSynset(
                java.util.stream.IntStream.range(0, labels).mapToObj(String::valueOf).toList());
    return Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optModelPath(bundle.resolve("model.pt"))
        .optTranslator(new FirstOutput(translator))
        .optEngine("PyTorch")
        .build()
        .loadModel();
  }

  /** The network has a second output, which the pipeline of the documentation has no use for. */
  private static final class FirstOutput extends ImageClassificationTranslator {
    FirstOutput(Builder builder) {
      super(builder);
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList list) {
      return super.processOutput(context, new NDList(list.get(0)));
    }
  }

  /** Its routes. */
  @RestController
  static class Routes {
    private final ThreadLocal<Predictor<Image, Classifications>> predictors;

    Routes(ZooModel<Image, Classifications> model) {
      predictors = ThreadLocal.withInitial(model::newPredictor);
    }

    @GetMapping("/health")
    Map<String, String> health() {
      return Map.of("status", "ok");
    }

    @PostMapping("/predict")
    List<Classifications.Classification> predict(@RequestParam("images") MultipartFile images)
        throws IOException, TranslateException {
      try (InputStream content = images.getInputStream()) {
        Image image = ImageFactory.getInstance().fromInputStream(content);
        return predictors.get().predict(image).topK(5);
      }
    }
  }
}
