package redact

import (
	"strings"

	"antena/internal/understand/words"
)

func foldList(list string) string { return words.Fold(list) }

func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words.Fold(list)) {
		out[w] = true
	}
	return out
}

var particles = set(`de da do das dos del la las los y e van von di san santa mc o`)

var functions = set(`
	a al algo ahora alguien amigo antes aqui asi aun aunque ayer ayuda bien buen buena buenas bueno buenos cada casi como con contra cosa cual cuando cuanto cuenta
	cliente clienta de debo del desde dice digo donde dueño dueña el ella ellos en entonces era es esa ese eso esta estan este esto estoy fue gracias ha hace hay he hola hoy
	la las le les lo los mas me mi mia mio mucho muy nada ni no nos nosotros nuevo nueva numero o otra otro para pero persona por porfa porque pregunto puedo pues que quien
	quiero se sera señor señora si sin sobre solo soy su sus tambien tan te tengo tiene tienen titular todo todos tu un una uno usted ustedes va vamos vecino vivo voy y ya yo
	usuario abonado suscriptor inquilino encargado tecnico empleado agente cansado harto enojado nuevo desde ubicado interesado internet wifi servicio factura luz roja red casa
	as ainda alguem ali antes aqui assim ate bem boa bom cada cliente com como conta da das de depois desde dele dela do dona dono dos e ela ele eles em era essa esse esta estou eu
	falar fazer foi hoje isso ja la mais mas me meu meus minha muito na nao nada nem no nos nossa nosso novo nova num o obrigada obrigado onde os ou outra outro para pela pelo pode por
	porque pra preciso qual quando quanto que quem quero se sem ser seu sim so sobre sou sua tambem tem tenho teu to todo tudo um uma vai voce voces vou assinante morador inquilino
	sindico cansado cansada interessado servico boleto conexao
	a about after again all am an and angry any are as at back be because been before but by calling can can't cannot cant customer client do does don't dont for from get getting
	going good got had has have having hello help here hi how i if im in is isn't it its just like living looking me my need new no not now of off on or our out owner paying please pls
	really renting sick so sorry still sure tenant thanks that the their them then there they this tired to too trying up very waiting want wanted was we what when where which who
	why will with without working would wondering writing you your service internet bill connection ridiculous unacceptable urgent crazy great nothing done paid
	ok okay si sí não yes`)

var ordinaryWords = set(`
	nombre nome name apellido sobrenome direccion endereco address telefono telefone phone correo email fecha data date codigo code protocolo ticket plan plano router modem onu los pon wlan reset
	calle avenida rua barrio bairro oficina loja office lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta monday tuesday wednesday thursday friday saturday sunday
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro
	january february march april may june july august september october november december whatsapp netflix youtube google instagram facebook pix boleto factura fatura invoice bill
	gerente supervisor director policia police meta soporte suporte support system admin administrator developer chatgpt dan bot robot robo asistente assistente assistant`)

var ambiguousNames = set(`
	luz rosa rosas paz sol mar cruz flor flores campos rios rio casa casas blanco blanca verde rojo roja vivo claro clara bueno buena nova nieves dolores mercedes angel angeles milagros consuelo
	pilar soledad esperanza victoria gloria estrella reyes rey leon lobo torres castillo iglesia fuentes rojas bravo delgado guerra moreno negro pardo salas vega prado silva lima pinto leite
	dias reis santos rocha costa pereira nascimento machado ramos barros melo moura matos franco cordero vaca toro cabello nunca real guia barba mesa ventura
	will mark grant bill rich may april june summer hope faith grace art max jack frank dean guy rob sue pat ray skip chase king young white black brown green stone wood rose lane street day page
	price best bell long short small wells rivers field banks cook baker smith miller taylor art joy dawn eve iris ivy holly amber ruby pearl lily daisy tam domingo abril julio agosto marcial
	justo primo segundo prudencio inocencia caridad concepcion linda bonita bella alba aurora celeste perla fe amparo remedios socorro auxilio salvador jesus nube agua fuente app net wifi fibra`)

var givenNames = set(`
	ana maria juan jose luis carlos jorge pedro miguel angel manuel antonio francisco javier alejandro fernando ricardo roberto rafael sergio eduardo daniel david diego andres pablo gabriel martin
	mario raul oscar alberto enrique hector hugo ivan jaime joaquin julio leonardo lucas marcos mateo matias mauricio nicolas omar rodrigo ruben santiago sebastian tomas victor gustavo guillermo
	gonzalo felipe esteban ernesto emiliano emilio cesar cristian cristina claudia carmen carolina beatriz andrea alicia adriana alejandra ana angela camila catalina cecilia daniela diana elena
	elizabeth esther eva fernanda florencia gabriela gloria graciela guadalupe ines irene isabel jimena josefina juana julia juliana karen karina laura leticia lorena lourdes lucia luciana luisa
	luz magdalena marcela margarita mariana marina marta martha mercedes micaela milagros monica natalia noelia norma nora olga paola patricia paula pilar raquel rocio rosa rosario ruth sandra sara
	silvia sofia soledad sonia susana tamara teresa valentina valeria vanesa vanessa veronica victoria viviana ximena yolanda agustin facundo ramiro lautaro thiago bautista benjamin joaquina alan
	kevin brian jonathan maximiliano franco walter fabian adrian alfredo armando arturo benito bernardo camilo dario edgar efrain eugenio fabricio federico felix german gerardo gregorio horacio
	ignacio ismael jacinto jeronimo leandro lorenzo marcelo moises nelson noe norberto orlando osvaldo patricio ramon rene reinaldo rolando salvador samuel saul simon teodoro ulises vicente wilson
	yesenia yamila zulema abigail agustina ailen antonella aurora belen brenda candela delfina elsa emilia evelyn fatima gisela giselle griselda hilda ivonne jessica johana julieta liliana
	joao paulo marcos antonio francisco luiz lucas mateus matheus gabriel rafael bruno caio thiago tiago felipe filipe gustavo henrique vitor vinicius leonardo rodrigo ricardo fabio marcio
	marcelo sergio claudio adriano alexandre anderson andre arthur artur augusto breno cristiano danilo davi diogo douglas edson eduardo elias emerson everton fabricio flavio geraldo gilberto
	guilherme heitor hugo igor isaac ivan jefferson jean jorge josue julio junior kaique leandro luan luciano manoel marcus mauricio mauro miguel murilo nathan nilton otavio pedro raimundo
	renan renato robson rogerio samuel sandro sebastiao silvio valter wagner wellington wesley william yuri adriana alessandra aline amanda ana andreia angelica barbara beatriz bianca bruna
	camila carla carolina cintia clara claudia cristiane cristina daiane daniela debora denise eliane elisa fabiana fernanda flavia francisca gabriela giovana gisele helena heloisa isabela
	isabella jaqueline jessica joana josefa joyce julia juliana karina katia larissa leticia livia lorena luana luciana luiza marcia maria mariana marina marta michele milena mirela monica
	natalia patricia paula priscila rafaela raquel regina renata roberta rosana rosangela sabrina sandra silvana silvia simone solange sonia sueli talita tania tatiana tereza thais vanessa
	vera vitoria viviane yasmin
	james john robert michael david richard joseph thomas charles christopher daniel matthew anthony donald steven andrew joshua kenneth george kevin brian edward ronald timothy
	jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick dennis jerry tyler aaron adam henry
	nathan peter zachary kyle walter harold jeremy ethan carl keith roger gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy jordan albert dylan bruce willie
	mary jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie
	rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria catherine heather
	diane olivia julie joyce virginia victoria kelly lauren christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa sara janice ann kathryn abigail
	sophia frances jean alice judy isabella julia denise danielle marilyn amber doris natalie beverly diana brittany theresa kayla alexis lori
	mohammed muhammad ahmed ali fatima wei li chen ravi priya anil sanjay olga ivan yuri natasha`)
