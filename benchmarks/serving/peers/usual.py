"""A service as most would write it: FastAPI, Pillow, torchvision, PyTorch with its own choice of threads."""

import io
import json
import os

import torch
from fastapi import FastAPI, UploadFile
from PIL import Image
from torchvision import transforms

bundle = os.environ["BUNDLE"]
model = torch.jit.load(f"{bundle}/model.pt").eval()
with open(f"{bundle}/labels.json", encoding="utf-8") as file:
    labels = [label["label"] for label in json.load(file)["labels"]]
prepare = transforms.Compose(
    [
        transforms.Resize(int(os.environ["SHORT_SIDE"])),
        transforms.CenterCrop(int(os.environ["SIZE"])),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]
)
app = FastAPI()


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/predict")
async def predict(images: UploadFile):
    image = Image.open(io.BytesIO(await images.read())).convert("RGB")
    with torch.no_grad():
        logits = model(prepare(image).unsqueeze(0))[0]
        probabilities = torch.softmax(logits, dim=1)[0]
    best = torch.topk(probabilities, 5)
    return [{"label": labels[i], "probability": float(p)} for p, i in zip(best.values, best.indices)]
