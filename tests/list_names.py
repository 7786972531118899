"""Names for made-up casualty lists, in one notation per language from which every spelling is derived.

Where they come from: given names that are common knowledge in each language, in an order that we hold plausible (the first
are the commonest); families are built, most of them from roots and patterns, so that no list of real people was needed.
The weights are Zipf laws over these orders: our choice, no statistics of any country. docs/explanation/names.md says so too.

Arabic notation: short a i u, long A I U, ay and aw as they are; consonants b t 8(tha) j H x(kha) d 6(dhal) r z s $(shin) S D
T Z E(ain) G(ghain) f q k l m n h w y, Q for hamza, @ for ta marbuta, Y for alif maqsura. A doubled letter is a shadda.
Kurdish notation: the Kurmanji (Hawar) spelling. Ukrainian: Ukrainian Cyrillic.
"""

from __future__ import annotations

import random
from functools import cache

ARABIC_MEN = """
muHammad aHmad maHmUd EalI Hasan Husayn xAlid muSTafY ibrAhIm Eumar yUsuf EabdAllAh EabdulraHmAn xalIl ismAEIl mUsY
EIsY SAliH sulaymAn jamAl kamAl walId samIr jAsim qAsim HamId HAmid raDwAn zakariyyA yAsIn Euqba farIs firAs nAdir
nAsir bassAm basil EAdil EAmir anas bilAl Eu8mAn iyAd ziyAd ramaDAn riyAD raQId rAmI sAmir sAlim salIm saEId saEd
Hamz@ TAriq TalAl EabdulkarIm EabdulEazIz EabdulqAdir EabdulHamId EabdulrazzAq EabdullaTIf jihAd nidAl nizAr munIr
murAd muEA6 muEtazz mAzin mAhir hi$Am hay8am HusAm GassAn faySal fuQAd fawwAz farUq Sabri SalAHuddIn nUruddIn
sayfuddIn Eizzuddin badr baha' diyA' EalAQ rabIE TAhA $AdI jAbir jaEfar mahdI murtaDY riDA HabIb nabIl nAjI rafIq
ra$Id Eabbas yaHyY yazan yUnus layth amjad ayman adham uSAma usayd
""".split()
ARABIC_WOMEN = """
fATim@ maryam EAQi$@ xadIj@ zaynab amin@ amal hudY nUr hib@ rim rImA rana samar samIr@ salmY salwY sarA suEAd suhayr
sanAQ $ahd batUl bayAn bu$rY duEAQ diyan@ faraH GufrAn hAl@ hanAn hanIn hind ImAn isrAQ Amin@ asmAQ Ay@ jana juman@
kaw8ar laylY lamIs laTIf@ lina lubnY mahA manAl marw@ maysAQ munY nadY nadyA najAH nisrIn raGad rahaf raHm@ ranyA
rawAn ruqayy@ SabAH SafAQ saHar sihAm sumayy@ TaHiyy@ wafAQ ward@ wiQAm yasmIn yusrY zahr@ Eabir Ealy@ Eafaf GAd@
hAjar ibtisAm inEAm xawl@ xayriyy@
""".split()
ARABIC_FAMILIES = """
xaTIb HalabI HimSI dima$qI HamawI idlibI najjAr HaddAd xayyAT HajjAr sabbAG Hallaq qaSSAb dabbAG naHHAs $aykh HAjj
Easkar rifAEI jabUrI EubaydI dulaymI tikrItI mawSilI bagdAdI baSrI EanzI $ammarI TAQI tamImI qaysI zubaydI HarIrI
sayyid Eali aHmad Hasan Husayn muHammad maHmUd ibrAhIm mUsY EIsY SAliH xalaf Hamad Hammud Eabbas yAsIn $AmI nuEaymI
mawlY kurdI turkumAnI Earab
""".split()
ARABIC_PLACES = """
tall@ kafr.naba maErat.zayt bayt.sAbir dayr.HajAr Eayn.tIn qalEat.nUr zaytUn@ jabal.sumr nahr.azraq sUq.qadIm
ra's.EalI wAdI.HasIn xAn.yUnis.$arqI kafr.lawz burj.abyaD tall.raml bIr.faraj Hayy.$imAl rawD.jadId maydAn.kabIr
qAsim.abAd jisr.Hajar sahl.gharb
""".split()

KURDISH_MEN = """
Azad Aram Baran Behzad Bextiyar Berzan Botan Cemal Cengîz Ciwan Dara Delil Diyar Dilşad Erdal Evdo Ferhad Firat Hawar
Hemîn Hêmin Hiwa Hogir Îbrahîm Kawa Kendal Lezgîn Mazlûm Mehmûd Mezher Mihemed Mistefa Nêçîrvan Newroz Orhan Polat
Rêbîn Rêbwar Rênas Rizgar Rojhat Rustem Salar Serbest Serdar Serhat Sîrwan Soran Şêrko Şivan Şoreş Xalid Xebat Xelîl
Welat Yûsif Zagros Zana Zinar Ehmed Elî Hesen Hisên Osman Omer
""".split()
KURDISH_WOMEN = """
Amîne Asya Avîn Awaz Berfîn Bêrîvan Bêrîtan Çinar Çîmen Delal Dîlan Dilber Evîn Eyşe Fatma Gulan Gulistan Hêvî Hêro
Jiyan Jîn Lorîn Medya Mizgîn Narîn Nazdar Nesrîn Nîgar Nûjîn Perwîn Ronahî Rojîn Rojda Sakîne Sara Sozdar Stêr Şîlan
Şîrîn Viyan Xecê Zeyneb Zîlan Xezal
""".split()
KURDISH_FAMILIES = """
Barzan Hewramî Zaxoyî Kobanî Efrînî Amedî Silêmanî Hewlêrî Dihokî Qamişlokî Cizîrî Botanî Mukrî Berwarî Goran Caf
Şikak Hesenî Xelîl Şêxo Osman Mistefa Elî Hesen Ehmed Îbrahîm Remezan Silêman Hemo Bekir Temo Xello Mîro Reşo Şemo
Heso Abdî Kaya Demir Aslan
""".split()
KURDISH_PLACES = (
    """Girê.Spî Kaniya.Sor Tilê Deşta.Nû Çiyayê.Reş Gundê.Jor Newala.Qeremûk Serê.Kaniyê Bajarê.Kevn Darê.Hêja""".split()
)

PERSIAN_MEN = """
muHammad EalI Husayn riDA mahdI aHmad Hasan EabbAs akbar aSGar mujtabY hAdI saEId HamId majId behrUz bahrAm parvIz
farhAd farzAd dAryU$ kUru$ jam$Id manUCehr mehrdAd kAmrAn siyAva$ sohrAb rostam $ahrAm xosraw hUshang amIr ArA$ pUyA
ruzbeh nAder
""".split()
PERSIAN_WOMEN = """
fATeme zahrA maryam zaynab ma'sUme sakIne leylA nasrIn parvIn parisA $IrIn mahnAz $ahnAz golnAz farzAne yAsaman narges
nIlUfar sepIde AzAde bahAre elhAm somayye raHIme kawkab mInA mahtAb
""".split()
PERSIAN_FAMILIES = """
aHmadI muHammadI HusaynI riDAyI karImI raHImI HasanI jaEfarI mUsavI hA$imI EabbAsI akbarI $arIfI najafI tehrAnI
tabrIzI $IrAzI iSfahAnI kermAnI yazdI rostamI bahrAmI farAhAnI nUrI sAdeqI qAsimI amInI bAqerI zamAnI xAnI
""".split()
PERSIAN_ENDS = ["", "", "", "zAde", "pUr", "ne2Ad", "iyAn"]

UKRAINIAN_MEN = """
Олександр Сергій Володимир Андрій Микола Іван Дмитро Олексій Михайло Віктор Василь Юрій Петро Євген Ігор Анатолій
Павло Роман Богдан Максим Артем Олег Віталій Ярослав Тарас Степан Григорій Вадим Руслан Леонід Валерій Станіслав
Костянтин Федір Кирило Борис
""".split()
UKRAINIAN_WOMEN = """
Олена Наталія Ірина Тетяна Світлана Оксана Ольга Людмила Галина Марія Анна Катерина Валентина Юлія Надія Вікторія
Любов Лариса Ніна Інна Антоніна Дарина Софія Євгенія Зінаїда Раїса Тамара Марина Яна Олександра
""".split()
UKRAINIAN_STEMS = """
Шевч Коваль Бондар Ткач Кравч Мельнич Поліщ Лис Марч Савч Петр Іван Василь Павл Роман Дмитр Григор Мороз Гончар Кузьм
Левч Панас Сид Тимош Федор Яким Гриц Остап Захар Мартин Данил Клим Борис Карп Юр Хом Прокоп Терещ Вер Лук Назар Кирил
""".split()
UKRAINIAN_ENDS = ["енко", "енко", "енко", "ук", "чук", "ко", "ишин", "івський", "еня"]
UKRAINIAN_PLACES = """
Зелений.Гай Нова.Балка Кам'янка Вишневе Степове Червоний.Став Лугова Верхня.Криниця Тиха.Затока Соснівка Миколине
Озерне
""".split()

LATIN_MEN = """
James Robert Paul Daniel Thomas Peter Martin Simon Andrew Lucas Victor Oscar Leo Adrian Marco Hugo Anton Felix Emil
Bruno
""".split()
LATIN_WOMEN = """
Maria Anna Clara Julia Laura Emma Sofia Elena Nora Alice Irene Lucia Teresa Helena Rosa Vera Ada Paula Carla Eva
""".split()
LATIN_FAMILIES = """
Stone Rivers Martin Silva Novak Costa Weber Moreau Lind Berg Rossi Horvat Keller Marin Duval Santos Petersen Vogel
Romano Fischer
""".split()
LATIN_PLACES = "Northfield Oldbridge Stonehill Westport Greenvale Lakeside Millbrook Highmoor Redcliff Eastgate".split()

ROOTS = """
ktb Hmd nSr qdr jml Elm frH slm rHm $kr xlf zyd sEd brk Hrb dbb qTn rfE Swf Hdd sbE nmr fhd jrw mll xTT zEb trk hnd
swd byD zrq EqD sqr jdE zrE
"""


def _patterns(root: str) -> list[str]:
    one, two, three = root[0], root[1], root[2]
    return [
        f"{one}a{two}{two}A{three}",
        f"{one}A{two}i{three}",
        f"{one}a{two}I{three}",
        f"{one}a{two}{two}U{three}",
        f"ma{one}{two}U{three}",
        f"{one}u{two}ay{three}",
        f"{one}i{two}A{three}",
        f"{one}a{two}{three}An",
        f"a{one}{two}a{three}",
        f"{one}a{two}{three}awI",
        f"{one}a{two}A{three}n@",
        f"mu{one}a{two}{two}i{three}",
        f"{one}u{two}{two}A{three}",
        f"{one}A{two}U{three}",
    ]


@cache
def families(culture: str) -> tuple[str, ...]:
    """Family names in the notation of the culture, commonest first: several thousand for Arabic, hundreds elsewhere."""
    rng = random.Random(f"families {culture}")
    if culture == "arabic":
        letters = "bjHxdrzs$STEfqklmnhG"
        roots = ROOTS.split() + ["".join(rng.sample(letters, 3)) for _ in range(220)]
        made = [word for root in roots for word in _patterns(root)]
    elif culture == "persian":
        made = [stem + end for stem in PERSIAN_MEN for end in PERSIAN_ENDS[3:]] + [
            stem + "I" for stem in PERSIAN_MEN if stem[-1] not in "IY"
        ]
    elif culture == "ukrainian":
        made = [stem + end for stem in UKRAINIAN_STEMS for end in UKRAINIAN_ENDS]
    elif culture == "kurdish":
        made = [name + end for name in KURDISH_MEN for end in ("î", "yan", "o") if name[-1] not in "aeîo"]
    else:
        made = [name + end for name in LATIN_MEN for end in ("son", "ez", "i", "sen", "ski") if name[-1] not in "aeio"]
    rng.shuffle(made)
    first = {"arabic": ARABIC_FAMILIES, "persian": PERSIAN_FAMILIES, "kurdish": KURDISH_FAMILIES, "latin": LATIN_FAMILIES}
    return tuple(dict.fromkeys([*first.get(culture, []), *made]))


MEN = {"arabic": ARABIC_MEN, "kurdish": KURDISH_MEN, "persian": PERSIAN_MEN, "ukrainian": UKRAINIAN_MEN, "latin": LATIN_MEN}
WOMEN = {
    "arabic": ARABIC_WOMEN,
    "kurdish": KURDISH_WOMEN,
    "persian": PERSIAN_WOMEN,
    "ukrainian": UKRAINIAN_WOMEN,
    "latin": LATIN_WOMEN,
}
PLACES = {
    "arabic": ARABIC_PLACES,
    "kurdish": KURDISH_PLACES,
    "persian": ARABIC_PLACES,
    "ukrainian": UKRAINIAN_PLACES,
    "latin": LATIN_PLACES,
}
