"""A made paper on tides, what it says of who does what, and the odds of a model's first word."""

import json

from paperchat.verification.checker import log_odds

TITLE = "TideNet: Forecasting Harbour Tides from Sparse Buoys"
SENTENCES = (
    "Harbour tides matter to pilots, yet buoys are few.",
    "We present TideNet, a graph network (GN) that learns from unlabelled recordings of 48 harbours.",
    "TideNet reaches 91.4\\% accuracy on BuoyBench and 83.2\\% on DeepTide, while the linear model is far behind.",
    "It is trained on 2.5 million recordings, needs 12 GPU hours and runs 3x faster than WaveFlow.",
    "Errors fall by 7, 11, and 19 percent for storms, neap tides, and spring tides, respectively.",
    "Without weather data the error increases, and the method does not help in rivers.",
)
FALSE_NUMBERS = [
    ("TideNet reaches 83.2 percent accuracy on BuoyBench.", "83.2 percent"),
    ("TideNet reaches 83.2% accuracy on BuoyBench and 91.4% on DeepTide.", "83.2%"),
    ("It was trained on 3.5 million recordings.", "3.5 million"),
    ("TideNet is five times faster than WaveFlow.", "five times"),
    ("TideNet learns from twelve harbours and needs 48 GPU hours.", "twelve"),
    ("Errors fall by 7 percent for spring tides.", "7 percent"),
    ("Errors fall by 19, 11 and 7 percent for storms, neap tides and spring tides.", "19"),
]
HARBOURS = (
    "While tides are predicted from buoys, storms are predicted from satellite images.",
    "The local branch repairs missing readings and the global branch repairs shifted clocks.",
    "TideNet does not require labelled storms.",
    "It improves on the baseline in most of the harbours.",
    "It benefits from high-dimensional readings.",
    "At first they train a sea tokenizer on billions of old readings to parse buoy logs.",
    "The parser is frozen.",
    "A refined flow is found with a self-supervised objective, and coarse maps serve instead of exact charts.",
)


def first_token(**chances: float) -> str:
    top = [{"token": token, "logprob": log_odds(p)} for token, p in chances.items()]
    message = {"role": "assistant", "content": "Yes"}
    return json.dumps(
        {"message": message, "done": True, "logprobs": [{"token": "Yes", "logprob": -1, "top_logprobs": top}]}
    )
