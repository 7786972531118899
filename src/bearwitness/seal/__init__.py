"""The signed notebook: the ground everything else stands on, and the only writer of a case.

Question this room answers: what was recorded, by which device, in which order, and is it unchanged?

One log:        canonical  tree  note  entry  layout  kinds  log  objects  lock  durable  keys  notebook  reading  chain
Many logs:      history (who knew what)  standing (who may sign)  acts  people  authority  requests  approvals
                devices  whole  merge  together  consents
The vault:      custodians  vault  interviews  inbox  erasing
A case's files: adding (arriving  whole_disk  sealing  members  batch)  changes  takein  rolls  held_text
Checked:        verify  verify_log  verify_release  verify_bundle  verify_standalone (travels alone)  report  selftest
Handed over:    release  bundle  bundle_texts  choosing  handing  bagit  bagit_check
From outside:   anchors  tokens  ots  wacz  witnessing

Rules kept: nothing is ever rewritten or deleted; a result is acknowledged only when it is on the disk;
originals are opened for reading only; only `takein`, `rolls` and `approvals` know what a record means.
The formats are described for outsiders in `docs/reference/log-format.md`.
"""
