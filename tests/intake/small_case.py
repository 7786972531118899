"""A small valid case for tests: one strike, made up in every detail. Files by name, ready to be broken."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "case.toml": """title = "A made-up strike"
zone = "Asia/Damascus"
standard = "reasonable-grounds"
about = "30 min"

[people]
researcher-1 = "a researcher"

[sets]
both = ["north", "south"]
""",
    "sources.csv": """id,name,kind,name_local,relies_on,shown_as
# one row is one body that speaks
mon,The Monitor,monitor,المرصد,,
min,Ministry,party,Министерство,,
agency,The Agency,media,,mon,
w1,witness one,witness,,,a market worker
""",
    "documents.csv": """id,what,date,where,held,copies
report,"Monitor, yearly report",2015-12-20,monitor.example,no,
news,Agency report,2015-10-21,agency.example,no,report
brief,Ministry briefing,2015-11-02..04,ministry.example,no,
""",
    "incidents.csv": """id,name,when,lat,lon,level,object,within_m
north,North market,2015-10-20 ~13:00,35.90403,36.72501,town,market,
south,South clinic,2015-10-21,35.80000,36.70000,exact,clinic; school,60
""",
    "tolls.csv": """id,incident,by,in,as_of,killed,civilians,children,words
t1,north,mon,report,2015-12-20,12+,10,3,"at least twelve, three of them children"
t2,north,agency,news,2015-10-21,13,,,
t3,south,mon,report,2015-12-20,12..18,,,“between twelve and eighteen”
""",
    "assertions.csv": """id,incident,about,by,in,at,says,how,radius_m,supports
a1,north,own-strike,min,brief,town,a strike took place,party,,
a2,north,image,mon,report,,the damage is missing from the picture,expert,,no
a3,south,where,mon,report,site,"35.80000, 36.70000",record,60,
a4,south,where,min,brief,site,"35.90000, 36.80000",record,100,
""",
    "searches.csv": """id,for,where,radius_m,from,to,by,seen_how_well,result
s1,an official statement,ministry site,,2015-10-20,2015-12-23,researcher-1,whole site read,none found
""",
    "replies.csv": """id,claim,to,channel,sent,deadline,answered,words
r1,min-photo,Ministry,letter,2015-12-01,2015-12-15,no,
""",
    "claims/min-photo.md": """---
by: min
in: brief
date: 2015-11-02..04
about: north
reply: not asked; reason: reconstruction from public texts
---
# The clinic stands undamaged on a picture of 31 October
> Больница цела.
> translation by researcher-1, checked by researcher-1

## a  The video does not show the clinic
kind: identity
for: [@a3]

## b  The picture was taken on 31 October, after the strike
kind: time
test: image-before-event
against: [@a2]

## c  The object hit was the clinic
kind: object
test: different-object
struck: [@a3]
shown: [@a4]
""",
    "findings/photo-older.md": """---
about: north
by: researcher-1
hold: 1 because one reader only
---
The picture was taken before the strike of 20 October 2015.

for: [@a2; @INT-001 p2]
against: none found; looked in: brief, news
rival: taken on 31 October; it shows another part of town; open
rival: the picture is of another town; excluded by [@a3; @a4]
""",
    "notes/INT-001.md": """---
id: INT-001
by: w1
date: 2015-12-02
place: a town
language: ar
how: phone
consent:
  internal: yes, 2015-12-02
  publish-anonymised: yes, 2015-12-02
  court: no
---
1. I was in the market.

2. There were two bangs.
It was after noon.
""",
    "report/briefing.md": """---
title: A made-up strike
---
# Finding
At least twelve people were killed [@t1].
""",
}


def write_case(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the small case; `changes` replaces files by name, and None leaves one out."""
    for name, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
