"""Runs the trainer and plain PyTorch by turns and prints what came out as a Markdown table.

Both sides stay loaded while they are measured; a block of one is followed by a block of the other, so that whatever
else the machine does meets both. What counts is the ratio within a pair: its median, and its spread over the pairs.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--backbone", required=True, help="TorchScript module that gives an embedding")
parser.add_argument("--store", default=os.environ.get("MUSHROOM_STORE"), help="store with a dataset: a folder or gs://")
parser.add_argument("--dataset", default="mushrooms")
parser.add_argument("--only", default="steps,head,epochs", help="which to measure (default: %(default)s)")
parser.add_argument("--sizes", default="192,224", help="sides of the views in pixels (default: %(default)s)")
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--threads", type=int, default=2, help="of the engine, on both sides (default: %(default)s)")
parser.add_argument("--pairs", type=int, default=7)
parser.add_argument("--steps", type=int, default=6, help="steps in a block (default: %(default)s)")
parser.add_argument("--warm-up", type=int, default=4, help="steps before the first pair (default: %(default)s)")
parser.add_argument("--photos", type=int, default=512, help="real photos in an epoch (default: %(default)s)")
parser.add_argument("--epochs", type=int, default=8, help="epochs over them (default: %(default)s)")
parser.add_argument("--head-epochs", type=int, default=40)
parser.add_argument("--java", default=os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java")
parser.add_argument("--heap", default="3g", help="-Xmx of the trainer (default: %(default)s)")
parser.add_argument("--json", type=pathlib.Path, help="file for every single figure")
arguments = parser.parse_args()
parts = set(arguments.only.split(","))
if not parts <= {"steps", "head", "epochs"}:
    parser.error("--only takes steps, head, epochs")
if parts != {"steps"} and not arguments.store:
    parser.error("head and epochs need real photos: name a store with --store or MUSHROOM_STORE")

environment = dict(os.environ, OMP_NUM_THREADS=str(arguments.threads), MKL_NUM_THREADS=str(arguments.threads))
log = open(ROOT / "target" / "training-benchmark.log", "w") if (ROOT / "target").is_dir() else subprocess.DEVNULL


def java(command, size, *more):
    places = [
        ROOT / "benchmarks/training/target/classes",
        ROOT / "model-trainer/target/model-trainer.jar",
        ROOT / "model-trainer/target/lib/*",
    ]
    return [
        arguments.java, f"-Xmx{arguments.heap}", "-Dai.djl.offline=true", "-cp", os.pathsep.join(map(str, places)),
        "app.mushroom.benchmarks.training.TrainingBenchmark", command, "--backbone", arguments.backbone,
        "--size", str(size), "--batch", str(arguments.batch), *more,
    ]  # fmt: skip


def python(size, *more):
    return [
        sys.executable, str(HERE / "pytorch_worker.py"), "--backbone", arguments.backbone, "--size", str(size),
        "--batch", str(arguments.batch), *more,
    ]  # fmt: skip


class Worker:
    """A process that does a block of steps when it is told to."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=environment
        )

    def block(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended; see target/training-benchmark.log")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)


def report(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"the trainer ended with {done.returncode}; see target/training-benchmark.log")
    return [json.loads(line) for line in done.stdout.splitlines()]


def spread(values, form):
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def machine():
    model = next(
        (line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{datetime.date.today()}, {model}, {os.cpu_count()} logical cores, load before {load}"


figures = {"machine": machine(), "arguments": {key: str(value) for key, value in vars(arguments).items()}}
print(f"{figures['machine']}; {arguments.threads} threads, batch {arguments.batch}\n", flush=True)

if "steps" in parts:
    print("| full fine-tuning | ours, images/s | PyTorch, images/s | ratio: median (spread) | ratio by processor time |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    for size in map(int, arguments.sizes.split(",")):
        ours = Worker("trainer", java("steps", size))
        theirs = {
            "as most write it": Worker("PyTorch", python(size)),
            "channels last": Worker("PyTorch, channels last", python(size, "--channels-last")),
        }
        for worker in (ours, *theirs.values()):
            worker.block(arguments.warm_up)
        measured = {name: [] for name in theirs}
        for pair in range(arguments.pairs):
            for name, worker in theirs.items():
                # Who begins changes from pair to pair.
                if pair % 2:
                    other, own = worker.block(arguments.steps), ours.block(arguments.steps)
                else:
                    own, other = ours.block(arguments.steps), worker.block(arguments.steps)
                measured[name].append((own, other))
        for worker in (ours, *theirs.values()):
            worker.close()
        figures[f"steps {size}"] = measured
        for name, pairs in measured.items():
            rate = lambda figure: figure["images"] / figure["seconds"]
            print(
                f"| {size} px, against PyTorch {name} "
                f"| {statistics.median(rate(own) for own, _ in pairs):.1f} "
                f"| {statistics.median(rate(other) for _, other in pairs):.1f} "
                f"| {spread([rate(own) / rate(other) for own, other in pairs], '.3f')} "
                f"| {spread([other['cpuSeconds'] / own['cpuSeconds'] for own, other in pairs], '.3f')} |",
                flush=True,
            )
    print()

real = ("--store", arguments.store or "", "--dataset", arguments.dataset, "--photos", str(arguments.photos))

if "head" in parts:
    print("| head | forward-pass epoch, s | epoch on cached embeddings, s | ratio |\n| --- | --- | --- | --- |", flush=True)
    runs = [report(java("head", 224, *real, "--head-epochs", str(arguments.head_epochs)))[0] for _ in range(3)]
    figures["head"] = runs
    ratios = [run["forwardEpochSeconds"] / run["headEpochSeconds"] for run in runs]
    print(
        f"| {runs[0]['photos']} photos "
        f"| {statistics.median(run['forwardEpochSeconds'] for run in runs):.2f} "
        f"| {statistics.median(run['headEpochSeconds'] for run in runs):.4f} "
        f"| {spread(ratios, '.0f')} |\n",
        flush=True,
    )

if "epochs" in parts:
    size = int(arguments.sizes.split(",")[0])
    print(f"| epoch at {size} px | images/s | waiting for photos | heap, MB | buffers, MB | resident, MB |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    epochs = report(java("epochs", size, *real, "--epochs", str(arguments.epochs)))
    figures["epochs"] = epochs
    for epoch in epochs:
        print(
            f"| {epoch['epoch']} | {epoch['imagesPerSecond']:.1f} | {100 * epoch['loaderWaitShare']:.1f} % "
            f"| {epoch['heapMegabytes']:.0f} | {epoch['directMegabytes']:.0f} | {epoch['residentMegabytes']:.0f} |"
        )
    # The first two epochs fill caches and the allocator's arenas.
    settled = epochs[2:]
    if len(settled) > 1:
        for what in ("heapMegabytes", "residentMegabytes"):
            slope, _ = statistics.linear_regression([e["epoch"] for e in settled], [e[what] for e in settled])
            print(f"\n{what} from epoch 3 on: {slope:+.1f} MB an epoch")
    print(f"\nwaiting for photos, median: {100 * statistics.median(e['loaderWaitShare'] for e in epochs):.1f} %")

if arguments.json:
    arguments.json.write_text(json.dumps(figures, indent=1))
