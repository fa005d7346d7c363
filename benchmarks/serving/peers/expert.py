"""A service as an expert would write it: reduced decoding, upright photos, one thread a worker, a warm, frozen network.

ENGINE is torch, or onnxruntime for those who have the network in ONNX as well.
"""

import io
import json
import os

import numpy as np
from fastapi import FastAPI, Request, Response
from PIL import Image, ImageOps
from starlette.datastructures import UploadFile

bundle = os.environ["BUNDLE"]
SIZE = int(os.environ["SIZE"])
SHORT_SIDE = int(os.environ["SHORT_SIDE"])
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32) * 255
SCALE = 1 / (np.array([0.229, 0.224, 0.225], dtype=np.float32) * 255)
with open(f"{bundle}/labels.json", encoding="utf-8") as file:
    labels = [label["label"] for label in json.load(file)["labels"]]

if os.environ["ENGINE"] == "onnxruntime":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(f"{bundle}/model.onnx", options, providers=["CPUExecutionProvider"])

    def forward(pixels):
        return session.run(["logits"], {"pixels": pixels})[0][0]

else:
    import torch

    torch.set_num_threads(1)
    model = torch.jit.freeze(torch.jit.load(f"{bundle}/model.pt").eval())
    if os.environ.get("OPTIMIZE") == "1":
        model = torch.jit.optimize_for_inference(model)

    def forward(pixels):
        with torch.inference_mode():
            return model(torch.from_numpy(pixels))[0][0].numpy()


def prepare(data):
    image = Image.open(io.BytesIO(data))
    image.draft("RGB", (2 * SHORT_SIDE, 2 * SHORT_SIDE))
    image = ImageOps.exif_transpose(image).convert("RGB")
    scale = SHORT_SIDE / min(image.size)
    width, height = (max(SHORT_SIDE, round(side * scale)) for side in image.size)
    image = image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    left, top = (width - SIZE) // 2, (height - SIZE) // 2
    pixels = np.asarray(image.crop((left, top, left + SIZE, top + SIZE)), dtype=np.float32)
    return np.ascontiguousarray(((pixels - MEAN) * SCALE).transpose(2, 0, 1)[None])


for _ in range(5):
    forward(np.zeros((1, 3, SIZE, SIZE), dtype=np.float32))

app = FastAPI()


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/predict")
async def predict(request: Request):
    form = await request.form()
    photo = form["images"]
    assert isinstance(photo, UploadFile)
    logits = forward(prepare(await photo.read()))
    exponentials = np.exp(logits - logits.max())
    probabilities = exponentials / exponentials.sum()
    best = np.argsort(-probabilities)[:5]
    answer = [{"label": labels[i], "probability": float(probabilities[i])} for i in best]
    return Response(json.dumps(answer), media_type="application/json")
