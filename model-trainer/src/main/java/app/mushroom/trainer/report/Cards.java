package app.mushroom.trainer.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.evaluation.AssessedPhoto;
import app.mushroom.trainer.evaluation.ClassScore;
import app.mushroom.trainer.evaluation.Examination;
import app.mushroom.trainer.evaluation.LabelToxicities;
import app.mushroom.trainer.report.Pictures.Sought;
import app.mushroom.trainer.report.Section.Block;
import app.mushroom.trainer.report.Section.Card;
import app.mushroom.trainer.report.Section.Gallery;
import app.mushroom.trainer.report.Section.Line;
import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.LookAlike;
import app.mushroom.vision.species.Toxicity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Photos as cards: what they show, what was said of them, and where the network looked. */
final class Cards {

  private final Examination examination;
  private final LabelSet labels;
  private final LabelToxicities toxicities;
  private final Words words;
  private final Pictures pictures;
  private final Set<String> shown = new HashSet<>();

  Cards(Examination examination, Pictures pictures) {
    this.examination = examination;
    this.labels = examination.labels();
    this.toxicities = examination.toxicities();
    this.words = new Words(examination.labels(), examination.catalogue());
    this.pictures = pictures;
  }

  Words words() {
    return words;
  }

  /** Whether there is a card of it already. */
  boolean isShown(AssessedPhoto photo) {
    return shown.contains(photo.photo().sha256());
  }

  /**
   * @param withTruth whether to show as well where the network saw what the photo really shows
   */
  Block gallery(List<AssessedPhoto> photos, boolean withTruth) throws IOException {
    List<Card> cards = new ArrayList<>();
    for (AssessedPhoto photo : photos) {
      cards.add(card(photo, withTruth));
    }
    return Block.gallery(new Gallery(withTruth, cards));
  }

  private Card card(AssessedPhoto assessed, boolean withTruth) throws IOException {
    DatasetPhoto photo = assessed.photo();
    int said = answeredLabel(assessed);
    List<Sought> sought = new ArrayList<>();
    sought.add(new Sought(said, "what spoke for " + name(said)));
    if (withTruth && assessed.isKnownMushroom()) {
      sought.add(new Sought(assessed.truth(), "what spoke for " + name(assessed.truth())));
    }
    String text = "Photograph of " + (assessed.isNotMushroom() ? "no mushroom" : truth(assessed));
    shown.add(photo.sha256());
    return new Card(pictures.of(photo, text, sought), lines(assessed), credit(photo));
  }

  private List<Line> lines(AssessedPhoto photo) {
    List<Line> lines = new ArrayList<>();
    lines.add(said(photo));
    if (photo.isNotMushroom()) {
      lines.add(new Line("It was", "", "no mushroom"));
    } else {
      String toxicity = Words.toxicity(toxicity(photo));
      lines.add(
          new Line("It was", truth(photo), words.common(photo.photo().label()) + ", " + toxicity));
      lines.add(poison(photo));
    }
    difference(photo).ifPresent(text -> lines.add(new Line("To tell them apart", "", text)));
    return lines;
  }

  private Line said(AssessedPhoto photo) {
    Assessment made = photo.assessment();
    String name = made.answer();
    if (!made.isMushroom()) {
      return new Line(
          "It said",
          "",
          "not a mushroom (a mushroom with "
              + Words.percent(made.mushroomProbability())
              + "; likeliest "
              + name(photo.likeliest())
              + ")");
    }
    if (made.rank() == AnswerRank.NONE || name == null) {
      return new Line("It said", "", "not sure; likeliest " + likeliest(photo));
    }
    String probability = ", " + Words.percent(made.answerProbability());
    return made.rank() == AnswerRank.GENUS
        ? new Line("It said", words.scientific(name), probability + ", the genus only")
        : new Line("It said", words.scientific(name), words.common(name) + probability);
  }

  private String likeliest(AssessedPhoto photo) {
    return name(photo.likeliest()) + ", " + Words.percent(photo.confidence());
  }

  private Line poison(AssessedPhoto photo) {
    String flag =
        switch (photo.assessment().flag()) {
          case POISONOUS -> photo.assessment().deadly() ? "poisonous, may kill" : "poisonous";
          case CANNOT_TELL -> "cannot tell";
          case NOT_KNOWN_POISONOUS -> "not known to be poisonous";
        };
    return new Line(
        "Poison flag",
        "",
        flag
            + " (probability "
            + Words.percent(photo.assessment().poisonProbability())
            + ", warns from "
            + Words.percent(examination.calibration().poison().flagAt())
            + ")");
  }

  private Toxicity toxicity(AssessedPhoto photo) {
    return photo.isKnownMushroom()
        ? toxicities.of(photo.truth())
        : examination
            .catalogue()
            .find(photo.photo().label())
            .map(species -> species.toxicity())
            .orElse(Toxicity.UNKNOWN);
  }

  /** The catalogue's sentence, where it knows the two as look-alikes. */
  private Optional<String> difference(AssessedPhoto photo) {
    String truth = photo.photo().label();
    String said = labels.get(answeredLabel(photo)).label();
    return difference(truth, said).or(() -> difference(said, truth));
  }

  private Optional<String> difference(String label, String other) {
    return examination
        .catalogue()
        .find(label)
        .flatMap(
            species ->
                species.lookAlikes().stream()
                    .filter(lookAlike -> other.equals(lookAlike.label()))
                    .map(LookAlike::difference)
                    .findFirst());
  }

  /** The label answered; for a genus its likeliest label; without an answer the likeliest. */
  private int answeredLabel(AssessedPhoto photo) {
    Assessment made = photo.assessment();
    for (int label : made.ranking()) {
      String name =
          made.rank() == AnswerRank.GENUS
              ? ClassScore.genus(labels.get(label))
              : labels.get(label).label();
      if (Objects.equals(name, made.answer())) {
        return label;
      }
    }
    return photo.likeliest();
  }

  private String truth(AssessedPhoto photo) {
    String taxon = photo.photo().taxon();
    return taxon == null ? words.scientific(photo.photo().label()) : taxon;
  }

  private String name(int label) {
    return words.scientific(labels.get(label).label());
  }

  private static String credit(DatasetPhoto photo) {
    String attribution = photo.attribution();
    return (attribution == null ? "" : attribution + ". ")
        + "Licence: "
        + photo.licence()
        + ". Source: "
        + photo.source()
        + " (SHA-256 "
        + photo.sha256().substring(0, 12)
        + "…)";
  }
}
