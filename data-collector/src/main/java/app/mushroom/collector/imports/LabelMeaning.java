package app.mushroom.collector.imports;

import app.mushroom.storage.dataset.LabelRank;
import org.jspecify.annotations.Nullable;

/** What a label stands for: the fields of the dataset format that follow from it. */
record LabelMeaning(String label, LabelRank rank, @Nullable String taxon, @Nullable String genus) {}
