package app.mushroom.collector.cli;

import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.source.BingImages;
import app.mushroom.collector.source.Gbif;
import app.mushroom.collector.source.INaturalist;
import app.mushroom.collector.source.LicencePolicy;
import app.mushroom.collector.source.PageSettings;
import app.mushroom.collector.source.Source;
import app.mushroom.collector.source.WebPages;
import app.mushroom.collector.source.WikimediaCommons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The sources that a search can be asked for, by name. */
final class SourceChoice {
  private final Map<String, Supplier<Source>> known = new LinkedHashMap<>();

  SourceChoice(Web web, LicencePolicy policy, List<PageSettings> pages) {
    known.put(INaturalist.NAME, () -> new INaturalist(web, policy));
    known.put(Gbif.NAME, () -> new Gbif(web, policy));
    known.put(WikimediaCommons.NAME, () -> new WikimediaCommons(web));
    known.put(BingImages.NAME, () -> new BingImages(web));
    pages.forEach(page -> known.put(page.name(), () -> new WebPages(web, page)));
  }

  /**
   * @throws IllegalArgumentException if one is not known; the message names those that are
   */
  List<Source> of(List<String> names) {
    List<Source> sources = new ArrayList<>();
    for (String name : names) {
      Supplier<Source> source = known.get(name);
      if (source == null) {
        throw new IllegalArgumentException(
            "Expected sources among %s, found %s. Sources of your own are named in --pages FILE."
                .formatted(String.join(", ", known.keySet()), name));
      }
      sources.add(source.get());
    }
    return sources;
  }
}
