package app.mushroom.collector.cli;

import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.imports.ImportFailedException;
import app.mushroom.collector.imports.ImportOptions;
import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.collector.imports.ImportOutcome.Ending;
import app.mushroom.collector.imports.PhotoImport;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.report.ImportSummary;
import app.mushroom.collector.report.VersionReport;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom collect import}. */
@Command(
    name = "import",
    description = {
      "Makes a dataset version from photographs that are already there.",
      "",
      "Every photo is checked, turned upright, reduced, stripped of all metadata and stored under"
          + " its hash. Photos of the version before stay. Running it again goes on where it"
          + " stopped; with nothing new it makes no new version."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class,
    showDefaultValues = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mushroom collect import photos.csv not_mushroom.csv",
      "  mushroom collect import my-photos/ --dataset garden --splits 70/15/15"
    })
final class ImportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "CSV|FOLDER",
      showDefaultValue = Help.Visibility.NEVER,
      description = {
        "CSV lists with at least the columns file,label (paths relative to the list; also read:"
            + " rank or level, taxon, genus, split, group or cluster, tier, source or"
            + " source_repo+source_path, source_sha256, licence, attribution),",
        "or folders with one sub-folder per label, also below train, val and test."
      })
  private List<Path> inputs = List.of();

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Option(
      names = "--splits",
      paramLabel = "TRAIN/VAL/TEST",
      description = "Per cent, for photos without a split; a photo never moves.")
  private String splits = "80/10/10";

  @Option(
      names = "--max-side",
      paramLabel = "PIXELS",
      description = "Longer side of a stored photo, 16 to 1024.")
  private int maxSide = 1024;

  @Option(names = "--threads", paramLabel = "N", description = "Photos to work on at once.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--replace", description = "Leave out the photos of the version before.")
  private boolean replace;

  @Option(
      names = "--allow-unknown-labels",
      description = "Take labels that the species catalogue does not know.")
  private boolean allowUnknownLabels;

  @Option(names = "--strict", description = "Fail when a single photo is refused.")
  private boolean strict;

  @Option(
      names = "--keep-going",
      description = "Publish even when more than 5 %% of the photos are refused.")
  private boolean keepGoing;

  @Option(names = "--dry-run", description = "Check everything, write nothing.")
  private boolean dryRun;

  @Mixin private final ReportOption report = new ReportOption();

  @Override
  public Integer call() throws IOException, ImportFailedException, InterruptedException {
    ImportOptions options = options();
    Path file = report.file();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    try (ObjectStore opened = dataset.open()) {
      PhotoImport photoImport =
          new PhotoImport(opened, SpeciesCatalogue.load(), preparation(), Clock.systemUTC());
      try (CleanStop stop = new CleanStop(photoImport::stop)) {
        ImportOutcome outcome;
        try (ProgressDisplay progress = new ProgressDisplay(err, Terminal.isInteractive())) {
          outcome = photoImport.run(options, progress);
        }
        out.print(ImportSummary.of(outcome, options, opened.location()));
        out.flush();
        writeReport(opened, outcome, file, out);
        return exitCode(outcome.ending());
      }
    }
  }

  private void writeReport(
      ObjectStore opened, ImportOutcome outcome, @Nullable Path file, PrintWriter out)
      throws IOException {
    DatasetCard card = outcome.card();
    Ending ending = outcome.ending();
    if (ending == Ending.STOPPED || (file == null && ending != Ending.PUBLISHED)) {
      return;
    }
    VersionReport page = new VersionReport(opened, SpeciesCatalogue.load());
    List<String> notes = new ArrayList<>(outcome.notes());
    notes.add(
        "%d photos were offered, %d of them new; %d were copies of others."
            .formatted(outcome.offered(), outcome.added(), outcome.duplicates()));
    if (card != null) {
      DatasetVersion version = new DatasetVersion(card, outcome.photos());
      out.println(
          "Report: " + page.write(version, outcome.findings(), outcome.refusals(), notes, file));
    } else if (file != null) {
      out.println(
          "Report: "
              + page.writeDraft(
                  dataset.dataset(),
                  outcome.photos(),
                  outcome.findings(),
                  outcome.refusals(),
                  notes,
                  file));
    }
    out.flush();
  }

  private ImportOptions options() {
    if (strict && keepGoing) {
      throw usage("Expected --strict or --keep-going, found both; leave one out.");
    }
    for (Path input : inputs) {
      if (!Files.exists(input)) {
        throw usage("Expected a CSV list or a folder, found nothing at " + input + ".");
      }
    }
    try {
      return new ImportOptions(
          inputs,
          dataset.dataset(),
          SplitShares.parse(splits),
          replace ? Earlier.REPLACED : Earlier.KEPT,
          allowUnknownLabels,
          strict ? 0 : keepGoing ? 1 : ImportOptions.USUAL_MAY_REFUSE,
          threads,
          dryRun);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private PhotoPreparation preparation() {
    try {
      return new PhotoPreparation(new PhotoDecoder(), maxSide);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int exitCode(Ending ending) {
    return switch (ending) {
      case PUBLISHED, UNCHANGED, DRY_RUN -> ExitCode.OK;
      case TOO_MANY_REFUSED, STOPPED -> ExitCode.SOFTWARE;
    };
  }
}
