"""Readings aloud: their tracks, their voices and what people record."""

from service.errors.requests import BadRequest, Forbidden, NotFound, Unavailable, Unprocessable
from service.errors.root import ChangduError


class TrackNotFound(NotFound):
    slug = "track-not-found"
    zh = "没有找到这段朗读。请回到文章，再按一次“听”。"
    en = "This reading is not here. Go back to the article and press listen again."


class SegmentNotFound(TrackNotFound):
    slug = "segment-not-found"


class TrackNotReady(ChangduError):
    status, slug = 409, "track-not-ready"
    zh = "朗读还没有做完（{done}/{total}）。请稍等再试，或者先听已做好的部分。"
    en = "The reading is not finished yet ({done} of {total}). Wait a little, or listen to the parts that are ready."
    retry_after = 3


class NothingToRead(Unprocessable):
    slug = "nothing-to-read"
    zh = "这篇文章里没有可以朗读的文字。请打开另一篇文章。"
    en = "There are no words in this article that could be read aloud. Open another article."


class UnknownVoice(Unprocessable):
    slug = "unknown-voice"
    zh = "没有名为“{voice}”的声音。可选的声音见 /voices。"
    en = "There is no voice named “{voice}”. See /voices for those there are."


class VoiceUnavailable(Unavailable):
    slug = "voice-unavailable"
    zh = "声音“{voice}”现在用不了（{what}）。请换一个声音，或者稍后再试。"
    en = "The voice “{voice}” cannot be used now ({what}). Choose another voice, or try again later."


class RateNotSpoken(BadRequest):
    slug = "rate-not-spoken"
    zh = "声音可以按 {least} 到 {most} 倍的语速来读，{rate} 倍不行。要更慢或更快，请用播放器的语速，从 0.5 到 3 倍。"
    en = "A voice speaks at a rate of {least} to {most}, not {rate}. For slower or faster, set the player's speed, 0.5 to 3."


class ModelDamaged(Unavailable):
    slug = "model-damaged"
    zh = "朗读模型不完整或已损坏（{what}）。请管理员运行 changdu check。"
    en = "The speech model is incomplete or damaged ({what}). The administrator should run `changdu check`."


class SpeechFailed(ChangduError):
    slug = "speech-failed"
    zh = "这一句没能读出来：“{sentence}”。请换一个声音再试。"
    en = "This sentence could not be spoken: “{sentence}”. Try another voice."


class TrackFailed(SpeechFailed):
    """A track's own problem, told again where the track was asked for."""

    slug = "track-failed"
    zh = "{zh}"
    en = "{en}"


class RecordingsOff(Forbidden):
    slug = "recordings-off"
    zh = "这里不接收录音。管理员可以用 CHANGDU_RECORDINGS_MB 打开。"
    en = "Recordings are not taken here. The administrator can set CHANGDU_RECORDINGS_MB."


class BadRecording(Unprocessable):
    slug = "bad-recording"
    zh = "这段录音用不了（{what}）。请上传这篇文章的完整朗读，WAV、FLAC、Ogg 或 MP3 格式，不超过一小时。"
    en = "This recording cannot be used ({what}). Send a reading of the whole article as WAV, FLAC, Ogg or MP3 of up to an hour."


class Busy(Unavailable):
    slug = "busy"
    zh = "现在听的人太多，请过 {seconds} 秒再试。"
    en = "Too many readings are being made just now. Please try again in {seconds} seconds."


class QueueUnavailable(Unavailable):
    slug = "queue-unavailable"
    zh = "朗读任务现在排不上队。请稍后再试；管理员请检查 CHANGDU_QUEUE 指的 Redis。"
    en = "Readings cannot be queued just now. Try again later; the administrator should check the Redis of CHANGDU_QUEUE."
