"""The signed notebook: the ground everything else stands on, and the only writer of a case.

Question this room answers: what was recorded, by which device, in which order, and is it unchanged?

    canonical  one spelling per value        tree    one digest for the whole log, and proofs
    note       signed text                   layout  names of files
    reading    log and objects, read only    verify  every check, numbered; knows no writer
    keys       the device's private key      objects, log   the two writers, used by `notebook` only
    notebook   create, open, append, seal    changes what an edited case file adds to the log
    release    seal a published edition      verify_standalone  the `verify.py` copied into every release

Rules kept: nothing is ever rewritten or deleted; a result is acknowledged only when it is on the disk;
originals are opened for reading only; no module here knows what a record means.
Not done here: encryption of identities, outside time stamps, several devices in one case.
The formats are described for outsiders in `docs/reference/log-format.md`.
"""
