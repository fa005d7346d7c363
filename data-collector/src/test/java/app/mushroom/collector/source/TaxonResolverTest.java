package app.mushroom.collector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.source.LocalServer.Ask;
import app.mushroom.collector.source.LocalServer.Reply;
import app.mushroom.collector.source.TaxonResolution.Resolved;
import app.mushroom.collector.source.TaxonResolution.Unresolved;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonResolverTest {
  private static final String MUSCARIA =
      """
      {"usageKey":8168319,"scientificName":"Amanita muscaria (L.) Lam.",
       "canonicalName":"Amanita muscaria","rank":"SPECIES","status":"ACCEPTED","confidence":99,
       "matchType":"EXACT","kingdom":"Fungi","genus":"Amanita","species":"Amanita muscaria",
       "kingdomKey":5,"speciesKey":8168319,"synonym":false,"class":"Agaricomycetes"}
      """;

  private static final String BADIUS =
      """
      {"usageKey":2525421,"acceptedUsageKey":7240447,"canonicalName":"Boletus badius",
       "scientificName":"Boletus badius (Fr.) Fr.","rank":"SPECIES","status":"SYNONYM",
       "confidence":98,"matchType":"EXACT","kingdom":"Fungi","synonym":true}
      """;

  private static final String BADIA =
      """
      {"key":7240447,"canonicalName":"Imleria badia","scientificName":"Imleria badia (Fr.) Vizzini",
       "rank":"SPECIES","taxonomicStatus":"ACCEPTED","kingdom":"Fungi","synonym":false}
      """;

  private static Reply answer(Ask ask, String match, String usage, int synonyms) {
    if (ask.path().equals("/v1/species/match")) {
      return Reply.json(match);
    }
    if (!ask.path().endsWith("/synonyms")) {
      return Reply.json(usage);
    }
    long offset = ask.number("offset", 0);
    long limit = Math.min(1000, ask.number("limit", 20));
    String results =
        IntStream.range(0, synonyms)
            .skip(offset)
            .limit(limit)
            .mapToObj(TaxonResolverTest::synonym)
            .collect(Collectors.joining(","));
    return Reply.json(
        "{\"offset\":%d,\"limit\":%d,\"endOfRecords\":%s,\"results\":[%s]}"
            .formatted(offset, limit, offset + limit >= synonyms, results));
  }

  private static String synonym(int number) {
    String letters = Integer.toString(number, 36).replaceAll("[0-9]", "z");
    return """
    {"key":%d,"canonicalName":"Agaricus syn%s%s","scientificName":"Agaricus syn%s L.",
     "rank":"SPECIES","taxonomicStatus":"SYNONYM"}
    """
        .formatted(number, letters, "o".repeat(number % 40), letters);
  }

  private static TaxonResolution resolve(String label, String match, String usage, int synonyms)
      throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, match, usage, synonyms))) {
      return new TaxonResolver(LocalServer.web(), server.address().resolve("/v1")).resolve(label);
    }
  }

  private static String reason(String label, String match) throws Exception {
    TaxonResolution resolution = resolve(label, match, "{}", 0);
    assertThat(resolution).isInstanceOf(Unresolved.class);
    assertThat(resolution.label()).isEqualTo(label);
    return ((Unresolved) resolution).reason();
  }

  @Test
  void anAcceptedNameIsItself() throws Exception {
    TaxonResolution resolution = resolve("amanita_muscaria", MUSCARIA, "{}", 0);
    assertThat(resolution)
        .isEqualTo(
            new Resolved(
                "amanita_muscaria",
                new AcceptedTaxon(
                    "amanita_muscaria", "Amanita muscaria", "species", 8168319L, List.of())));
  }

  @Test
  void asksStrictlyForAFungus() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, MUSCARIA, "{}", 0))) {
      new TaxonResolver(LocalServer.web(), server.address().resolve("/v1"))
          .resolve("amanita_muscaria");
      Ask match = server.asked.get(0);
      assertThat(match.get("name")).isEqualTo("Amanita muscaria");
      assertThat(match.get("kingdom")).isEqualTo("Fungi");
      assertThat(match.get("strict")).isEqualTo("true");
    }
  }

  @Test
  void aSynonymLeadsToTheAcceptedNameAndIsKept() throws Exception {
    Resolved resolved = (Resolved) resolve("boletus_badius", BADIUS, BADIA, 0);
    assertThat(resolved.label()).isEqualTo("boletus_badius");
    AcceptedTaxon taxon = resolved.taxon();
    assertThat(taxon.label()).isEqualTo("imleria_badia");
    assertThat(taxon.name()).isEqualTo("Imleria badia");
    assertThat(taxon.gbifKey()).isEqualTo(7240447L);
    assertThat(taxon.synonyms()).containsExactly("Boletus badius");
  }

  @Test
  void aGenusIsOneToo() throws Exception {
    String match =
        """
        {"usageKey":6005964,"canonicalName":"Amanita","rank":"GENUS","status":"ACCEPTED",
         "matchType":"EXACT","kingdom":"Fungi","synonym":false}
        """;
    AcceptedTaxon taxon = ((Resolved) resolve("amanita", match, "{}", 0)).taxon();
    assertThat(taxon.rank()).isEqualTo("genus");
    assertThat(taxon.label()).isEqualTo("amanita");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "99", "100", "101", "250"})
  void listsAllSynonymsWithoutAuthors(int synonyms) throws Exception {
    AcceptedTaxon taxon =
        ((Resolved) resolve("amanita_muscaria", MUSCARIA, "{}", synonyms)).taxon();
    assertThat(taxon.synonyms())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, synonyms)
                .mapToObj(i -> synonym(i).replaceAll("(?s).*canonicalName\":\"([^\"]*).*", "$1"))
                .distinct()
                .toList())
        .noneMatch(name -> name.contains("L."));
  }

  @Test
  void namesThatMeanOtherTaxaTooAreNoSynonyms() throws Exception {
    String synonyms =
        """
        {"endOfRecords":true,"results":[
         {"canonicalName":"Agaricus muscarius","taxonomicStatus":"HOMOTYPIC_SYNONYM"},
         {"canonicalName":"Amanita phalloides","taxonomicStatus":"MISAPPLIED"},
         {"canonicalName":"Amanita regalis","taxonomicStatus":"PROPARTE_SYNONYM"},
         {"canonicalName":"Amanita muscaria","taxonomicStatus":"SYNONYM"},
         {"scientificName":"without canonical name"}]}
        """;
    try (LocalServer server =
        new LocalServer(
            ask -> Reply.json(ask.path().endsWith("/synonyms") ? synonyms : MUSCARIA))) {
      TaxonResolution resolution =
          new TaxonResolver(LocalServer.web(), server.address()).resolve("amanita_muscaria");
      assertThat(((Resolved) resolution).taxon().synonyms()).containsExactly("Agaricus muscarius");
    }
  }

  @Test
  void synonymsWithoutEndEnd() throws Exception {
    try (LocalServer server =
        new LocalServer(
            ask ->
                ask.path().endsWith("/synonyms")
                    ? Reply.json("{\"endOfRecords\":false,\"results\":[" + synonym(1) + "]}")
                    : Reply.json(MUSCARIA))) {
      assertThat(new TaxonResolver(LocalServer.web(), server.address()).resolve("amanita_muscaria"))
          .isInstanceOf(Resolved.class);
      assertThat(server.asked).hasSizeLessThan(30);
    }
  }

  @Test
  void aFuzzyMatchIsNoMatchButNamesWhatWasFound() throws Exception {
    String fuzzy = MUSCARIA.replace("EXACT", "FUZZY");
    assertThat(reason("amanita_muscria", fuzzy))
        .contains("no fungus by exactly the name Amanita muscria")
        .contains("the species Amanita muscaria (FUZZY)")
        .contains("ask for amanita_muscaria");
  }

  @Test
  void aGenusInsteadOfItsSpeciesIsNoMatch() throws Exception {
    String higher =
        """
        {"usageKey":6005964,"canonicalName":"Amanita","rank":"GENUS","status":"ACCEPTED",
         "matchType":"HIGHERRANK","kingdom":"Fungi","synonym":false}
        """;
    assertThat(reason("amanita_nonexistens", higher))
        .contains("the genus Amanita (HIGHERRANK)")
        .doesNotContain("ask for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARIANT", "AMBIGUOUS", "exact"})
  void whateverElseIsNotExactIsNoMatch(String type) throws Exception {
    assertThat(reason("amanita_muscaria", MUSCARIA.replace("EXACT", type))).contains(type);
  }

  @Test
  void anExactMatchOfAnotherNameIsNoMatch() throws Exception {
    assertThat(reason("amanita_muscarius", MUSCARIA)).contains("Amanita muscaria (EXACT)");
  }

  @Test
  void noneIsNoMatch() throws Exception {
    assertThat(
            reason("fly_agaric", "{\"confidence\":100,\"matchType\":\"NONE\",\"synonym\":false}"))
        .contains("it found nothing (NONE)")
        .contains("common names are not understood");
  }

  @Test
  void homonymsAreNoMatch() throws Exception {
    assertThat(
            reason(
                "pinus",
                "{\"confidence\":100,\"matchType\":\"NONE\",\"note\":\"Multiple equal matches for Pinus\",\"synonym\":false}"))
        .contains("Multiple equal matches for Pinus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DOUBTFUL", "MISAPPLIED", "PROPARTE_SYNONYM"})
  void namesThatNobodyIsSureOfAreNoMatch(String status) throws Exception {
    assertThat(reason("amanita_muscaria", MUSCARIA.replace("ACCEPTED", status))).contains(status);
  }

  @Test
  void aPlantIsNoMatch() throws Exception {
    assertThat(reason("amanita_muscaria", MUSCARIA.replace("Fungi", "Plantae")))
        .contains("kingdom Plantae");
  }

  @Test
  void aSynonymOfAVarietyIsNoSpecies() throws Exception {
    String variety =
        BADIA.replace("SPECIES", "VARIETY").replace("Imleria badia\"", "Imleria badia alba\"");
    assertThat(((Unresolved) resolve("boletus_badius", BADIUS, variety, 0)).reason())
        .contains("\"Imleria badia alba\" of rank VARIETY");
  }

  @Test
  void aSynonymOfADoubtfulNameIsNoMatch() throws Exception {
    String doubtful = BADIA.replace("ACCEPTED", "DOUBTFUL");
    assertThat(((Unresolved) resolve("boletus_badius", BADIUS, doubtful, 0)).reason())
        .contains("DOUBTFUL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "_",
        "Amanita",
        "amanita muscaria",
        "amanita_",
        "amanita_muscaria_alba",
        "a/b",
        "é"
      })
  void whatIsNoLabelIsNotAskedFor(String label) throws Exception {
    TaxonResolver unused =
        new TaxonResolver(
            request -> {
              throw new AssertionError("Asked for " + request);
            });
    assertThat(((Unresolved) unused.resolve(label)).reason())
        .contains("\"" + label + "\"")
        .contains("amanita_muscaria");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "<html>", "{\"matchType\":null}"})
  void anotherShapeSaysWhatWasExpectedAndFound(String body) {
    TaxonResolver resolver =
        new TaxonResolver(LocalServer.always(Reply.json(body)), URI.create("http://127.0.0.1/v1"));
    assertThatThrownBy(() -> resolver.resolve("amanita_muscaria"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("a match of a name")
        .hasMessageContaining("found " + body);
  }
}
