package app.mushroom.collector.cli;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.HttpWeb;
import app.mushroom.collector.fetch.MirroredWeb;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.quality.PhotoChecks;
import app.mushroom.collector.records.StoredQuotas;
import app.mushroom.collector.report.Printable;
import app.mushroom.collector.search.LabelOutcome;
import app.mushroom.collector.search.LabelledTaxa;
import app.mushroom.collector.search.PhotoFetch;
import app.mushroom.collector.search.PhotoSearch;
import app.mushroom.collector.search.QualityInspector;
import app.mushroom.collector.search.SearchOptions;
import app.mushroom.collector.search.SearchRecords;
import app.mushroom.collector.source.LicencePolicy;
import app.mushroom.collector.source.PageSettings;
import app.mushroom.collector.source.PageSettingsException;
import app.mushroom.collector.source.PageSettingsFile;
import app.mushroom.collector.source.Source;
import app.mushroom.collector.source.SourceException;
import app.mushroom.collector.source.TaxonResolver;
import app.mushroom.collector.source.WebPages;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mushroom collect search}. */
@Command(
    name = "search",
    description = {
      "Collects photographs of species from the web, with licence and author of each.",
      "",
      "Asks each source in turn until every label has as many photos as wanted, politely and within"
          + " the sources' limits. Every decision is on record: run it again to go on, or for more."
          + " Then make a version of what came: mushroom collect freeze."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class,
    showDefaultValues = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mushroom collect search --labels amanita_muscaria,boletus_edulis \\",
      "      --per-label 200 --sources inaturalist,gbif",
      "  mushroom collect search --labels russula --dry-run --contact you@example.org"
    })
final class SearchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();
  @Mixin private final WebOptions web = new WebOptions();

  @Option(
      names = "--labels",
      split = ",",
      paramLabel = "LABEL",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Species such as amanita_muscaria, or genera such as amanita.")
  private List<String> labels = List.of();

  @Option(
      names = "--per-label",
      paramLabel = "N",
      description = "Photos that each label is to have.")
  private int perLabel = 100;

  @Option(
      names = "--per-find",
      paramLabel = "N",
      description = "Photos of one find at most: they say less than as many finds.")
  private int perFind = 2;

  @Option(
      names = "--sources",
      split = ",",
      paramLabel = "SOURCE",
      description = {
        "inaturalist, gbif, commons, bing (its photos come without licences, so it also takes"
            + " --licences unknown), or names of --pages."
      })
  private List<String> sources = List.of("inaturalist", "gbif");

  @Option(
      names = "--licences",
      split = ",",
      paramLabel = "LICENCE",
      description = "What a photo's own licence may be.")
  private List<String> licences =
      List.of("cc0", "cc-by", "cc-by-sa", "cc-by-nc", "cc-by-nc-sa", "public-domain");

  @Option(
      names = "--pages",
      paramLabel = "FILE",
      description = "YAML file of web sites to read; --example-pages shows one.")
  private @Nullable Path pages;

  @Option(names = "--example-pages", description = "Print an example of --pages and end.")
  private boolean examplePages;

  @Option(
      names = "--max-side",
      paramLabel = "PIXELS",
      description = "Longer side of a stored photo, 16 to 1024.")
  private int maxSide = 1024;

  @Option(
      names = "--min-side",
      paramLabel = "PIXELS",
      description = "Shorter side that a photo must have.")
  private int minSide = PhotoChecks.DEFAULT_MIN_SIDE;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Photos to fetch at once, of all labels.")
  private int threads = 8;

  @Option(names = "--dry-run", description = "Read the lists, say what would come, fetch nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException, InterruptedException, SourceException {
    PrintWriter out = spec.commandLine().getOut();
    if (examplePages) {
      out.print(WebPages.exampleSettings());
      out.flush();
      return ExitCode.OK;
    }
    if (labels.isEmpty()) {
      throw usage("Expected --labels, such as amanita_muscaria,boletus_edulis; found none.");
    }
    labels.forEach(label -> Names.require("label", label));
    Names.require("dataset", dataset.dataset());
    String contact = contact();
    PrintWriter err = spec.commandLine().getErr();
    try (ObjectStore store = dataset.open();
        HttpWeb direct =
            asGiven(
                () ->
                    web.web(
                        contact,
                        new StoredQuotas(
                            store, note -> err.println("Note: " + Printable.of(note)))))) {
      Web asked = web.mirrors().isEmpty() ? direct : new MirroredWeb(direct, web.mirrors());
      return search(asked, direct::settle, store, out);
    }
  }

  private String contact() throws IOException {
    try {
      return new Contact(dataset.place(), Terminal.isInteractive() ? Terminal::ask : null)
          .find(web.contact());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Makes something of the options; what is wrong with them is wrong usage, and nothing else. */
  private <T> T asGiven(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private int search(Web asked, Runnable settle, ObjectStore store, PrintWriter out)
      throws IOException, InterruptedException, SourceException {
    LicencePolicy policy = asGiven(() -> LicencePolicy.of(licences));
    SourceChoice choice = new SourceChoice(asked, policy, pageSettings());
    List<Source> chosen = asGiven(() -> choice.of(sources));
    SearchOptions options =
        asGiven(() -> new SearchOptions(dataset.dataset(), perLabel, perFind, threads, dryRun));
    PhotoFetch fetch =
        new PhotoFetch(
            asked,
            asGiven(() -> new PhotoPreparation(new PhotoDecoder(), maxSide)),
            new QualityInspector(asGiven(this::checks)),
            Runtime.getRuntime().availableProcessors());
    LabelledTaxa taxa;
    try {
      taxa = LabelledTaxa.of(labels, new TaxonResolver(asked), SpeciesCatalogue.load());
    } catch (FetchException e) {
      spec.commandLine()
          .getErr()
          .println(Printable.of("The names could not be looked up: " + e.getMessage()));
      return ExitCode.SOFTWARE;
    }
    taxa.notes().forEach(note -> out.println("Note: " + Printable.of(note)));
    taxa.refused().forEach(label -> out.println("Not searched: " + Printable.of(label)));
    Clock clock = Clock.systemUTC();
    PrintWriter err = spec.commandLine().getErr();
    try (SearchRecords records = new SearchRecords(store, dataset.dataset())) {
      PhotoSearch search =
          new PhotoSearch(
              chosen, fetch, policy::allows, new DatasetRepository(store), records, options, clock);
      try (CleanStop stop = new CleanStop(search::stop)) {
        List<LabelOutcome> outcomes;
        try (SearchDisplay display = new SearchDisplay(err, Terminal.isInteractive(), clock)) {
          outcomes = search.run(taxa.taxa(), display);
        }
        settle.run(); // while an interruption still waits for us
        SearchSummary summary = new SearchSummary(outcomes, search.isStopping(), options);
        summary.print(out, store.location());
        return summary.isComplete() && taxa.refused().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
      }
    }
  }

  private PhotoChecks checks() {
    return new PhotoChecks(minSide, PhotoChecks.DEFAULT_MAX_ASPECT);
  }

  private List<PageSettings> pageSettings() throws IOException {
    if (pages == null) {
      return List.of();
    }
    try {
      return PageSettingsFile.read(pages);
    } catch (PageSettingsException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
