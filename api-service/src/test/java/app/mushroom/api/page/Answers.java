package app.mushroom.api.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the API gives them. */
final class Answers {

  static final String ID = "0198c5c2-7d11-7c3e-9d4f-1c2b3a495867";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Answers() {}

  static String poisonous() {
    return species("amanita_muscaria", "Amanita muscaria", "fly agaric", "poisonous", false, .93);
  }

  static String deadly() {
    return species("amanita_phalloides", "Amanita phalloides", "death cap", "deadly", true, .81);
  }

  static String notKnownPoisonous() {
    Map<String, Object> candidate =
        candidate(
            "cantharellus_cibarius",
            "Cantharellus cibarius",
            "chanterelle",
            "not_known_poisonous",
            .96);
    candidate.put(
        "lookAlikes",
        List.of(
            lookAlike(
                "Omphalotus illudens",
                "poisonous",
                "Grows in tufts on wood; true, thin gills that do not fork; orange flesh inside."),
            lookAlike(
                "Cortinarius rubellus",
                "deadly",
                "Rusty brown gills and spores, a pointed cap, yellow bands on the stem.")));
    return answer(
        true,
        Map.of(
            "rank", "species",
            "label", "cantharellus_cibarius",
            "scientificName", "Cantharellus cibarius",
            "commonName", "chanterelle",
            "probability", .96,
            "band", "very_likely"),
        Map.of(
            "flag",
            "not_known_poisonous",
            "deadly",
            false,
            "probability",
            .02,
            "reason",
            "No poisoning is known from the likeliest answer. A photo cannot rule out a"
                + " mistake."),
        List.of(candidate, others().get(0), others().get(1)));
  }

  /** The service clears it, its own rating does not. */
  static String caution() {
    return notCleared(
        "amanita_rubescens",
        "Amanita rubescens",
        "blusher",
        "caution",
        "not_known_poisonous",
        "The likeliest answer is known to harm some people, or when raw, old or taken with"
            + " alcohol.");
  }

  static String littleKnown() {
    return notCleared(
        "amanita_rubescens",
        "Amanita rubescens",
        "blusher",
        "unknown",
        "not_known_poisonous",
        "Little has been written about whether the likeliest answer is poisonous.");
  }

  /** A species with the longest reason that a service can give for not telling. */
  static String notRuledOut() {
    return notCleared(
        "kuehneromyces_mutabilis",
        "Kuehneromyces mutabilis",
        "sheathed woodtuft",
        "not_known_poisonous",
        "cannot_tell",
        "There is a chance that this is a poisonous mushroom, too small to say so and too large to"
            + " leave out. 1 of the 5 likeliest is poisonous, with 7 %; with all others it could"
            + " be, poisonous ones reach 12 %. Among them is Galerina marginata, which has killed"
            + " people.");
  }

  /** A warning that names what kills in its last sentence. */
  static String deadlyPossible() {
    Map<String, Object> candidate =
        candidate("amanita_rubescens", "Amanita rubescens", "blusher", "caution", .63);
    candidate.put("lookAlikes", twoLookAlikes());
    return answer(
        true,
        Map.of(
            "rank", "species",
            "label", "amanita_rubescens",
            "scientificName", "Amanita rubescens",
            "commonName", "blusher",
            "probability", .63,
            "band", "likely"),
        Map.of(
            "flag",
            "poisonous",
            "deadly",
            true,
            "probability",
            .31,
            "reason",
            "Deadly mushrooms look too much like this one to rule them out. 2 of the 5 likeliest"
                + " are poisonous, together 16 %; with all others it could be, poisonous ones reach"
                + " 31 %. Among them are Amanita phalloides and Amanita bisporigera, which have"
                + " killed people."),
        List.of(candidate, others().get(0), others().get(1)));
  }

  private static String notCleared(
      String label, String scientific, String common, String toxicity, String flag, String reason) {
    Map<String, Object> candidate = candidate(label, scientific, common, toxicity, .83);
    candidate.put("lookAlikes", twoLookAlikes());
    return answer(
        true,
        Map.of(
            "rank",
            "species",
            "label",
            label,
            "scientificName",
            scientific,
            "commonName",
            common,
            "probability",
            .83,
            "band",
            "likely"),
        Map.of("flag", flag, "deadly", false, "probability", .04, "reason", reason),
        List.of(candidate, others().get(0), others().get(1)));
  }

  private static List<Map<String, Object>> twoLookAlikes() {
    return List.of(
        lookAlike(
            "Amanita pantherina",
            "poisonous",
            "Brown cap with pure white flakes; a hoop-like rim at the base of the stem."),
        lookAlike(
            "Amanita virosa",
            "deadly",
            "White all over, shaggy stem, a sack-like cup around the base: dig it out to see."));
  }

  static String genus() {
    return answer(
        true,
        Map.of(
            "rank", "genus",
            "label", "amanita",
            "scientificName", "Amanita",
            "probability", .71,
            "band", "likely"),
        Map.of(
            "flag",
            "poisonous",
            "deadly",
            true,
            "probability",
            .64,
            "reason",
            "This genus includes species that have killed people. 2 of the 5 likeliest are"
                + " poisonous, together 64 %. Among them is Amanita phalloides, which has killed"
                + " people."),
        others());
  }

  static String unsure() {
    return answer(
        true,
        Map.of("rank", "none"),
        Map.of(
            "flag",
            "cannot_tell",
            "deadly",
            false,
            "probability",
            .18,
            "reason",
            "The photo does not show clearly enough which mushroom this is, so nothing can be"
                + " said about poison."),
        others());
  }

  /** Place and date leave nothing to name, and the photos alone warn. */
  static String unsureButPoisonous() {
    return answer(
        true,
        Map.of("rank", "none"),
        Map.of(
            "flag",
            "poisonous",
            "deadly",
            true,
            "probability",
            .52,
            "reason",
            "By the photos alone it looks most like Amanita phalloides. The likeliest answer is a"
                + " mushroom that has killed people. 2 of the 5 likeliest are poisonous, together"
                + " 52 %. Among them is Amanita phalloides, which has killed people. This goes by"
                + " the photos alone: place and date never soften a warning."),
        others());
  }

  static String notMushroom() {
    return answer(
        false,
        Map.of("rank", "none"),
        Map.of(
            "flag",
            "cannot_tell",
            "deadly",
            false,
            "probability",
            0,
            "reason",
            "This does not look like a photo of a mushroom, so nothing can be said about"
                + " poison."),
        List.of());
  }

  /** The same text wherever the API could say something. */
  static String everywhere(String text) {
    Map<String, Object> candidate = candidate("a_label", text, text, "poisonous", .9);
    candidate.put("lookAlikes", List.of(lookAlike(text, "deadly", text)));
    Map<String, Object> other = candidate(text, text, text, text, .1);
    return json(
        Map.of(
            "id", ID,
            "model", Map.of("name", text, "version", text),
            "mushroom", Map.of("isMushroom", true, "probability", .9),
            "answer",
                Map.of(
                    "rank",
                    "species",
                    "label",
                    "a_label",
                    "scientificName",
                    text,
                    "commonName",
                    text,
                    "probability",
                    .9,
                    "band",
                    text),
            "poison", Map.of("flag", text, "deadly", false, "probability", .9, "reason", text),
            "candidates", List.of(candidate, other),
            "advice", List.of(text),
            "warning", text));
  }

  static String problem(String type, int status, String detail) {
    return json(
        Map.of(
            "type", "/problems/" + type,
            "title", type,
            "status", status,
            "detail", detail));
  }

  /** The catalogue, for the list of corrections. */
  static String species(List<Map<String, String>> species) {
    return json(Map.of("species", species));
  }

  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  private static String species(
      String label, String scientific, String common, String toxicity, boolean deadly, double p) {
    Map<String, Object> first = candidate(label, scientific, common, toxicity, p);
    first.put(
        "lookAlikes",
        List.of(
            lookAlike(
                "Amanita pantherina",
                "poisonous",
                "Brown cap with pure white flakes; a hoop-like rim at the base of the stem."),
            lookAlike(
                "Amanita virosa",
                "deadly",
                "White all over, shaggy stem, a sack-like cup around the base: dig it out to see.")));
    List<Map<String, Object>> candidates = new ArrayList<>(List.of(first));
    candidates.addAll(others());
    return answer(
        true,
        Map.of(
            "rank", "species",
            "label", label,
            "scientificName", scientific,
            "commonName", common,
            "probability", p,
            "band", p > .9 ? "very_likely" : "likely"),
        Map.of(
            "flag",
            "poisonous",
            "deadly",
            deadly,
            "probability",
            .97,
            "reason",
            deadly
                ? "The likeliest answer is a mushroom that has killed people."
                : "The likeliest answer is a poisonous mushroom."),
        candidates);
  }

  private static List<Map<String, Object>> others() {
    List<Map<String, Object>> all =
        List.of(
            candidate(
                "amanita_caesarea",
                "Amanita caesarea",
                "Caesar's mushroom",
                "not_known_poisonous",
                .03),
            candidate("amanita_pantherina", "Amanita pantherina", "panther cap", "poisonous", .02),
            candidate(
                "amanita_bisporigera", "Amanita bisporigera", "destroying angel", "deadly", .008),
            candidate("amanita_rubescens", "Amanita rubescens", "blusher", "caution", .004));
    all.get(1).put("lookAlikes", List.of(lookAlike("Amanita virosa", "deadly", "White all over.")));
    return all;
  }

  private static Map<String, Object> candidate(
      String label, String scientific, String common, String toxicity, double probability) {
    Map<String, Object> candidate = new LinkedHashMap<>();
    candidate.put("label", label);
    candidate.put("scientificName", scientific);
    candidate.put("commonName", common);
    candidate.put("genus", "amanita");
    candidate.put("probability", probability);
    candidate.put("toxicity", toxicity);
    candidate.put("lookAlikes", List.of());
    return candidate;
  }

  private static Map<String, Object> lookAlike(
      String scientific, String toxicity, String difference) {
    return Map.of(
        "label", "some_label",
        "scientificName", scientific,
        "toxicity", toxicity,
        "difference", difference);
  }

  private static String answer(
      boolean isMushroom,
      Map<String, Object> answer,
      Map<String, Object> poison,
      List<Map<String, Object>> candidates) {
    return json(
        Map.of(
            "id",
            ID,
            "model",
            Map.of("name", "mushrooms", "version", "3"),
            "mushroom",
            Map.of("isMushroom", isMushroom, "probability", isMushroom ? .998 : .01),
            "answer",
            answer,
            "poison",
            poison,
            "candidates",
            candidates,
            "advice",
            List.of(
                "If someone has eaten it, call your local poison centre or emergency number"
                    + " now. Do not wait for symptoms, and keep what is left of the mushroom.",
                "Keep it away from children and pets.",
                "Before it comes near a kitchen, show the whole mushroom to an expert."),
            "warning",
            "Never eat a mushroom on the word of an app. Photos mislead, and some mushrooms"
                + " kill."));
  }
}
