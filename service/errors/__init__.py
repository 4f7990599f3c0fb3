"""Every way Changdu can fail, as one tree; each has an HTTP status, a slug, and a sentence in two languages.

ChangduError                    500
    BadRequest                  400
        EmptyDocument  UnreadableText  RateNotSpoken  BadAddress  UnknownView
    Unauthorised                401
        KeyNeeded  KeyUnknown
    Forbidden                   403
        SiteNotKnown  LeadsAway  KeyNotForHost  CorrectionsOff  RecordingsOff  BlockedAddress
            BlockedPort
    NotFound                    404
        ArticleNotFound  SourceGone  SourceMissing  NotPushed  CorrectionNotFound  TrackNotFound
            SegmentNotFound
        ArticleWithdrawn        410
    MethodNotAllowed            405
    NotAcceptable               406
    TrackNotReady               409
    TooLarge                    413
    UnsupportedDocument         415
        MislabelledDocument  LegacyDocument
    RangeNotSatisfiable         416
    Unprocessable               422
        NoArticle  NoAddresses  ScannedDocument  EncryptedDocument  DamagedDocument  UnsafeArchive  TooDeep
        TooManyElements
        NothingToRead  UnknownVoice  BadRecording  BadLexicon  BadSite  NotInArticle  BadReading
        UnknownScript           400
    ReadingTimeout              422
    TooManyRequests             429
        TooManyCorrections  TooManyCorrectionsAtOnce
    SpeechFailed                500
        TrackFailed
    PushRefused                 500
    FormatNotOffered            501
    FetchFailed                 502
        SourceRefused  SourceTooLarge  TooManyRedirects  HostNotFound  CertificateRefused  BrokenReply
        SourceTimeout           504
    Unavailable                 503
        VoiceUnavailable  ModelDamaged  StorageFull  StoreUnavailable  StoredByNewer  Busy  QueueUnavailable

Each stands in the module of its subject; all are imported from here.
"""

from service.errors.corrections import (
    BadLexicon,
    BadReading,
    BadSite,
    CorrectionNotFound,
    CorrectionsOff,
    NotInArticle,
    TooManyCorrections,
    TooManyCorrectionsAtOnce,
)
from service.errors.documents import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    LegacyDocument,
    MislabelledDocument,
    NoAddresses,
    NoArticle,
    ReadingTimeout,
    ScannedDocument,
    SourceMissing,
    TooDeep,
    TooManyElements,
    UnreadableText,
    UnsafeArchive,
    UnsupportedDocument,
)
from service.errors.pushes import ArticleWithdrawn, KeyNeeded, KeyNotForHost, KeyUnknown, NotPushed, PushRefused
from service.errors.readings import (
    BadRecording,
    Busy,
    ModelDamaged,
    NothingToRead,
    QueueUnavailable,
    RateNotSpoken,
    RecordingsOff,
    SegmentNotFound,
    SpeechFailed,
    TrackFailed,
    TrackNotFound,
    TrackNotReady,
    UnknownVoice,
    VoiceUnavailable,
)
from service.errors.requests import (
    BadRequest,
    Forbidden,
    FormatNotOffered,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    RangeNotSatisfiable,
    TooLarge,
    TooManyRequests,
    Unauthorised,
    Unavailable,
    UnknownScript,
    UnknownView,
    Unprocessable,
)
from service.errors.root import ChangduError, of_slug
from service.errors.sources import (
    BadAddress,
    BlockedAddress,
    BlockedPort,
    BrokenReply,
    CertificateRefused,
    FetchFailed,
    HostNotFound,
    LeadsAway,
    SiteNotKnown,
    SourceGone,
    SourceRefused,
    SourceTimeout,
    SourceTooLarge,
    TooManyRedirects,
)
from service.errors.storage import ArticleNotFound, StorageFull, StoredByNewer, StoreUnavailable
