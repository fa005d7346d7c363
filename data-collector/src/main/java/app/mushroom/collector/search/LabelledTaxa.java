package app.mushroom.collector.search;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.SourceException;
import app.mushroom.collector.source.TaxonResolution;
import app.mushroom.collector.source.TaxonResolver;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The taxa behind labels, before anything of them is fetched.
 *
 * @param taxa each once, in the order of the labels
 * @param refused labels that are no taxon without doubt: a sentence each
 * @param notes labels that were taken by another name: a sentence each
 */
public record LabelledTaxa(List<AcceptedTaxon> taxa, List<String> refused, List<String> notes) {

  private static AcceptedTaxon named(
      String label, AcceptedTaxon taxon, SpeciesCatalogue catalogue) {
    return catalogue.find(taxon.label()).isEmpty() && catalogue.find(label).isPresent()
        ? new AcceptedTaxon(label, taxon.name(), taxon.rank(), taxon.gbifKey(), taxon.synonyms())
        : taxon;
  }

  public LabelledTaxa {
    taxa = List.copyOf(taxa);
    refused = List.copyOf(refused);
    notes = List.copyOf(notes);
  }

  /**
   * @param catalogue whose labels stay as they are, although the accepted name has moved on
   */
  public static LabelledTaxa of(
      List<String> labels, TaxonResolver resolver, SpeciesCatalogue catalogue)
      throws FetchException, SourceException, InterruptedException {
    Map<String, AcceptedTaxon> taxa = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String label : labels) {
      TaxonResolution resolution = resolver.resolve(label);
      if (resolution instanceof TaxonResolution.Resolved resolved) {
        AcceptedTaxon taxon = named(label, resolved.taxon(), catalogue);
        taxa.putIfAbsent(taxon.label(), taxon);
        if (!taxon.label().equals(label)) {
          notes.add(
              "%s is a synonym: its photos are labelled %s, after the accepted name %s."
                  .formatted(label, taxon.label(), taxon.name()));
        }
      } else {
        refused.add(label + ": " + ((TaxonResolution.Unresolved) resolution).reason());
      }
    }
    return new LabelledTaxa(List.copyOf(taxa.values()), refused, notes);
  }
}
