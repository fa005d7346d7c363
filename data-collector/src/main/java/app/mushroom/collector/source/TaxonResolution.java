package app.mushroom.collector.source;

/** What came of asking for the taxon behind a label. */
public sealed interface TaxonResolution {

  /** The label that was asked for. */
  String label();

  /**
   * The taxon was found.
   *
   * @param taxon whose own label is that of its accepted name: another than was asked for where
   *     that was a synonym
   */
  record Resolved(String label, AcceptedTaxon taxon) implements TaxonResolution {}

  /**
   * Nothing was found that could be a label without doubt.
   *
   * @param reason a sentence or two: what was found, and what to do
   */
  record Unresolved(String label, String reason) implements TaxonResolution {}
}
