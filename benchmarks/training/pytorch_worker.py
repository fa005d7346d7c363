"""Fine-tunes as a PyTorch user would write it: as many steps as each line of standard input says.

Prints after each line one JSON object: images, seconds, cpuSeconds. Ends with the input.
"""
import argparse
import json
import sys
import time

import torch
import torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument("--backbone", required=True)
parser.add_argument("--size", type=int, required=True)
parser.add_argument("--batch", type=int, required=True)
parser.add_argument("--labels", type=int, default=131)
parser.add_argument("--dimensions", type=int, default=1280)
parser.add_argument("--channels-last", action="store_true")
arguments = parser.parse_args()

layout = torch.channels_last if arguments.channels_last else torch.contiguous_format
torch.manual_seed(1)


class Classifier(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = torch.jit.load(arguments.backbone)
        self.dropout = torch.nn.Dropout(0.2)
        self.head = torch.nn.Linear(arguments.dimensions, arguments.labels)

    def forward(self, pixels):
        return self.head(self.dropout(self.backbone(pixels).flatten(1)))


model = Classifier().train()
if arguments.channels_last:
    model = model.to(memory_format=torch.channels_last)
optimiser = torch.optim.AdamW(model.parameters(), lr=5e-4, weight_decay=0.05)
shape = (arguments.batch, 3, arguments.size, arguments.size)
batches = [
    (torch.randn(shape).contiguous(memory_format=layout), torch.randint(0, arguments.labels, (arguments.batch,)))
    for _ in range(2)
]

for line in sys.stdin:
    steps = int(line)
    cpu, start = time.process_time(), time.perf_counter()
    for step in range(steps):
        pixels, labels = batches[step % 2]
        loss = F.cross_entropy(model(pixels), labels, label_smoothing=0.1)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        loss.item()
    print(
        json.dumps(
            {
                "images": steps * arguments.batch,
                "seconds": time.perf_counter() - start,
                "cpuSeconds": time.process_time() - cpu,
                "threads": torch.get_num_threads(),
            }
        ),
        flush=True,
    )
